using System.Security.Cryptography;
using System.Text;
using S3Cassandra.Auth.Requests;

namespace S3Cassandra.Auth.Signatures.V4;

/// <summary>A Signature V4 to be verified.</summary>
internal sealed class ClaimV4 : SignatureClaim
{
    private const int HexLength = 64;

    private readonly SignedRequest _request;
    private readonly SigningKeyCache _keys;

    internal ClaimV4(
        in SignedRequest request, CredentialScope credential, SignaturePlace place, SignedPayload payload, SigningKeyCache keys)
        : base(credential.AccessKeyId, SignatureVersion.V4, place, payload)
    {
        _request = request;
        _keys = keys;
        Scope = credential.Scope;
    }

    /// <summary><c>yyyyMMdd/region/service/aws4_request</c>.</summary>
    public string Scope { get; }

    /// <summary>The request's time, <c>yyyyMMddTHHmmssZ</c>.</summary>
    public required string Timestamp { get; init; }

    /// <summary>The signed headers' names as sent, separated by semicolons.</summary>
    public required ReadOnlyMemory<char> SignedHeaders { get; init; }

    /// <summary>The signature as sent.</summary>
    public required ReadOnlyMemory<char> Signature { get; init; }

    /// <summary>The last line of the canonical request.</summary>
    public required string PayloadHash { get; init; }

    /// <inheritdoc/>
    public override SignatureVerdict Verify(string secretAccessKey)
    {
        var canonical = new CanonicalBuffer(stackalloc byte[2048]);
        var toSign = new CanonicalBuffer(stackalloc byte[256]);
        try
        {
            CanonicalRequest.Append(ref canonical, _request, SignedHeaders.Span, PayloadHash, Place == SignaturePlace.Query);
            AppendStringToSign(ref toSign, canonical.Written);
            var kept = _keys.Find(AccessKeyId, secretAccessKey, Scope);
            var key = kept ?? SigningKey.Derive(secretAccessKey, Scope);
            Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
            Span<byte> hex = stackalloc byte[HexLength];
            HMACSHA256.HashData(key, toSign.Written, mac);
            Convert.TryToHexStringLower(mac, hex, out _);
            if (!IsProvided(hex) || secretAccessKey.Length == 0)
            {
                return SignatureVerdict.Refused(
                    SignatureMismatch.Describe(AccessKeyId, toSign.Written, Signature.Span, canonical.Written));
            }

            if (kept is null)
            {
                _keys.Keep(AccessKeyId, secretAccessKey, Scope, key);
            }

            return SignatureVerdict.Valid(Payload, ChunksAfter(hex, key));
        }
        finally
        {
            canonical.Dispose();
            toSign.Dispose();
        }
    }

    private void AppendStringToSign(ref CanonicalBuffer buffer, scoped ReadOnlySpan<byte> canonicalRequest)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(canonicalRequest, hash);
        buffer.Append("AWS4-HMAC-SHA256\n"u8);
        buffer.Append(Timestamp);
        buffer.Append((byte)'\n');
        buffer.Append(Scope);
        buffer.Append((byte)'\n');
        buffer.AppendHex(hash);
    }

    private bool IsProvided(ReadOnlySpan<byte> calculatedHex)
    {
        Span<byte> provided = stackalloc byte[HexLength];
        return Signature.Length == HexLength
            && Ascii.FromUtf16(Signature.Span, provided, out _) == System.Buffers.OperationStatus.Done
            && CryptographicOperations.FixedTimeEquals(calculatedHex, provided);
    }

    private ChunkSignatures? ChunksAfter(ReadOnlySpan<byte> seedSignature, byte[] key) =>
        Payload.Mode is PayloadMode.StreamingSigned or PayloadMode.StreamingSignedTrailer
            ? new ChunkSignatures(key, Timestamp, Scope, seedSignature)
            : null;
}
