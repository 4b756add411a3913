using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using S3Cassandra.Auth.Requests;
using S3Cassandra.Auth.Signatures;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Http.Bodies;
using S3Cassandra.S3Server.Tests.Server;
using S3Cassandra.Storage.Checksums;

namespace S3Cassandra.S3Server.Tests.Http.Bodies;

/// <summary>An aws-chunked body, as a client would send it or as it should not, and its decoding from pieces.</summary>
internal sealed class ChunkedVector
{
    public const string TrailerName = "x-amz-checksum-crc32c";
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    private readonly TestSigner _signer = new(Now);
    private readonly SignedRequest _request;
    private readonly StringBuilder _wire = new();

    public ChunkedVector(PayloadMode mode)
    {
        Mode = mode;
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["host"] = "h" };
        var payload = mode switch
        {
            PayloadMode.StreamingSigned => "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
            PayloadMode.StreamingSignedTrailer => "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
            _ => "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
        };
        var signed = _signer.Sign("PUT", "/b/k", "", headers, payload);
        var fields = new RequestHeaders();
        var dictionary = new Microsoft.AspNetCore.Http.HeaderDictionary();
        foreach (var (name, value) in signed)
        {
            dictionary[name] = value;
        }

        fields.Fill(dictionary);
        _request = new SignedRequest
        {
            Method = "PUT",
            RawPath = "/b/k",
            RawQuery = "",
            Host = "h",
            Headers = fields,
            Now = Now,
        };
    }

    public PayloadMode Mode { get; }

    /// <summary>What was put into chunks so far.</summary>
    public StringBuilder Payload { get; } = new();

    public bool IsSigned => Mode is not PayloadMode.StreamingUnsignedTrailer;

    /// <summary>x-amz-decoded-content-length; what the chunks hold unless a test says otherwise.</summary>
    public long? Declared { get; set; }

    /// <summary>So that a test's chunks need not have 8 KiB.</summary>
    public bool TakesSmallChunks { get; set; } = true;

    public byte[] Wire => Encoding.Latin1.GetBytes(_wire.ToString());

    public static ChunkedVector Valid(PayloadMode mode, params string[] chunks)
    {
        var vector = new ChunkedVector(mode);
        foreach (var chunk in chunks)
        {
            vector.Chunk(chunk);
        }

        return vector.Chunk("").End();
    }

    /// <summary>A chunk with its signature; an empty one is the final one.</summary>
    public ChunkedVector Chunk(string data)
    {
        var signature = IsSigned ? ";chunk-signature=" + _signer.SignChunk(Encoding.Latin1.GetBytes(data)) : "";
        _wire.Append(CultureInfo.InvariantCulture, $"{data.Length:x}{signature}\r\n{data}{(data.Length > 0 ? "\r\n" : "")}");
        Payload.Append(data);
        return this;
    }

    /// <summary>Bytes as they are.</summary>
    public ChunkedVector Raw(string text)
    {
        _wire.Append(text);
        return this;
    }

    public ChunkedVector Replace(string what, string by)
    {
        Assert.Contains(what, _wire.ToString(), StringComparison.Ordinal);
        _wire.Replace(what, by);
        return this;
    }

    /// <summary>The trailer that the mode has, with the right checksum, and the empty line.</summary>
    public ChunkedVector End(string lineEnd = "\r\n")
    {
        if (Mode is PayloadMode.StreamingSigned)
        {
            return Raw("\r\n");
        }

        var crc = ChecksumHeaders.Compute(ChecksumAlgorithm.Crc32C, Encoding.Latin1.GetBytes(Payload.ToString()));
        var field = $"{TrailerName}:{Convert.ToBase64String(crc)}";
        Raw(field).Raw(lineEnd);
        return (IsSigned ? Raw($"x-amz-trailer-signature:{_signer.SignTrailer(field + "\n")}\r\n") : this).Raw("\r\n");
    }

    /// <summary>Decodes pieces of the wire, each arriving after the one before was taken; throws what the reader throws.</summary>
    public async Task<string> DecodeAsync(params IEnumerable<byte[]> pieces)
    {
        var promises = new BodyPromises
        {
            Algorithm = Mode is PayloadMode.StreamingSigned ? null : ChecksumAlgorithm.Crc32C,
            TrailerName = Mode is PayloadMode.StreamingSigned ? null : TrailerName,
        };
        var verdict = new SignatureVerifier(new SignatureOptions { Region = TestServer.Region }).Parse(_request, "s3").Claim!.Verify(TestServer.SecretKey);
        Assert.True(verdict.IsValid, verdict.Failure?.Message);
        var decoded = new DecodedBytes();
        var decoder = new AwsChunkedDecoder(Mode, verdict.Chunks, Declared ?? Payload.Length, promises, decoded) { TakesSmallChunks = TakesSmallChunks };
        var pipe = new Pipe(new PipeOptions(useSynchronizationContext: false));
        var body = new RequestBody(new AwsChunkedReader(pipe.Reader, decoder, decoded), null, promises);
        var reading = body.ReadAllAsync(1 << 20, TestContext.Current.CancellationToken).AsTask();
        foreach (var piece in pieces)
        {
            await pipe.Writer.WriteAsync(piece, TestContext.Current.CancellationToken);
        }

        await pipe.Writer.CompleteAsync();
        return Encoding.Latin1.GetString((await reading).Span);
    }

    public Task<string> DecodeAsync() => DecodeAsync(Wire);
}
