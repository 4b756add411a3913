using System.Security.Cryptography;
using System.Text;
using S3Cassandra.Auth.Requests;

namespace S3Cassandra.Auth.Signatures.V2;

/// <summary>A Signature V2 to be verified: base64 of an HMAC-SHA1.</summary>
internal sealed class ClaimV2 : SignatureClaim
{
    private readonly SignedRequest _request;
    private readonly string _date;
    private readonly string _signature;

    internal ClaimV2(
        in SignedRequest request, string accessKeyId, string signature, string date, SignaturePlace place, SignedPayload payload)
        : base(accessKeyId, SignatureVersion.V2, place, payload)
    {
        _request = request;
        _date = date;
        _signature = signature;
    }

    /// <inheritdoc/>
    public override SignatureVerdict Verify(string secretAccessKey)
    {
        var head = StringToSignV2.BeforeResource(_request, _date, Place == SignaturePlace.Query ? SecurityToken : null);
        var path = CanonicalizedResource.Path(_request);
        var query = CanonicalizedResource.Query(_request.RawQuery);
        var key = Encoding.UTF8.GetBytes(secretAccessKey);
        var provided = Encoding.UTF8.GetBytes(_signature);
        var holds = HoldsForPath(key, head, path, query, provided)
            || (Place == SignaturePlace.Header
                && StringToSignV2.BeforeResourceWithAmzDateAsDate(_request) is { } otherHead
                && HoldsForPath(key, otherHead, path, query, provided));
        return holds && secretAccessKey.Length > 0
            ? SignatureVerdict.Valid(Payload)
            : SignatureVerdict.Refused(
                SignatureMismatch.Describe(AccessKeyId, Encoding.UTF8.GetBytes(head + path + query), _signature, []));
    }

    private static bool HoldsForPath(byte[] key, string head, string path, string query, ReadOnlySpan<byte> provided)
    {
        if (Holds(key, head + path + query, provided))
        {
            return true;
        }

        foreach (var other in CanonicalizedResource.OtherPaths(path))
        {
            if (Holds(key, head + other + query, provided))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Holds(byte[] key, string stringToSign, ReadOnlySpan<byte> provided)
    {
        Span<byte> mac = stackalloc byte[HMACSHA1.HashSizeInBytes];
        Span<byte> text = stackalloc byte[28];
        HMACSHA1.HashData(key, Encoding.UTF8.GetBytes(stringToSign), mac);
        System.Buffers.Text.Base64.EncodeToUtf8(mac, text, out _, out _);
        return CryptographicOperations.FixedTimeEquals(text, provided);
    }
}
