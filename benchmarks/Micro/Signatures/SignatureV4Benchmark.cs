using BenchmarkDotNet.Attributes;
using S3Cassandra.Auth.Requests;
using S3Cassandra.Auth.Signatures;

namespace S3Cassandra.Micro.Signatures;

/// <summary>A small PUT as an SDK signs it, from its headers to the verdict: parse, canonical request, SHA-256, HMAC, comparison.</summary>
[MemoryDiagnoser]
public class SignatureV4Benchmark
{
    private const string Secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

    private static readonly DateTimeOffset Date = new(2013, 5, 24, 0, 0, 0, TimeSpan.Zero);

    private readonly SignatureVerifier _verifier = new(new SignatureOptions { Region = "us-east-1" });
    private readonly byte[] _chunkHash = new byte[32];
    private readonly byte[] _chunkSignature = new byte[64];
    private SignedRequest _header;
    private SignedRequest _presigned;
    private ChunkSignatures _chunks = null!;

    [GlobalSetup]
    public void Setup()
    {
        _header = Put("UNSIGNED-PAYLOAD", new string('0', 64));
        _header = Put("UNSIGNED-PAYLOAD", RightSignature(_header));
        var streaming = Put("STREAMING-AWS4-HMAC-SHA256-PAYLOAD", new string('0', 64));
        streaming = Put("STREAMING-AWS4-HMAC-SHA256-PAYLOAD", RightSignature(streaming));
        _chunks = _verifier.Parse(streaming, "s3").Claim!.Verify(Secret).Chunks!;
        _presigned = new SignedRequest
        {
            Method = "GET",
            RawPath = "/test.txt",
            RawQuery = "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"
                + "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host"
                + "&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404",
            Host = "examplebucket.s3.amazonaws.com",
            Headers = new HeaderFields(("Host", "examplebucket.s3.amazonaws.com"), ("User-Agent", "aws-sdk-js/3.700.0")),
            Now = Date,
        };
        if (!Header() || !Presigned() || RefusedChunk())
        {
            throw new InvalidOperationException("The benchmark's signatures do not hold.");
        }
    }

    [Benchmark(Baseline = true)]
    public bool Header() => _verifier.Parse(_header, "s3").Claim!.Verify(Secret).IsValid;

    [Benchmark]
    public bool Presigned() => _verifier.Parse(_presigned, "s3").Claim!.Verify(Secret).IsValid;

    [Benchmark]
    public bool RefusedChunk() => _chunks.VerifyChunk(_chunkHash, _chunkSignature);

    /// <summary>The verifier does not tell the signature it expects; the published derivation does.</summary>
    private static string RightSignature(in SignedRequest request)
    {
        var refused = new SignatureVerifier(new SignatureOptions { Region = "us-east-1" }).Parse(request, "s3").Claim!.Verify(Secret).Failure!;
        var text = System.Text.Encoding.UTF8.GetBytes(refused.Details.Single(detail => detail.Key == "StringToSign").Value);
        var key = System.Text.Encoding.UTF8.GetBytes("AWS4" + Secret);
        foreach (var part in (string[])["20130524", "us-east-1", "s3", "aws4_request"])
        {
            key = System.Security.Cryptography.HMACSHA256.HashData(key, System.Text.Encoding.UTF8.GetBytes(part));
        }

        return Convert.ToHexStringLower(System.Security.Cryptography.HMACSHA256.HashData(key, text));
    }

    private static SignedRequest Put(string payloadHash, string signature) => new()
    {
        Method = "PUT",
        RawPath = "/bucket/photos/2026/11/23/image-000017.jpeg",
        RawQuery = "x-id=PutObject",
        Host = "127.0.0.1:8080",
        Now = Date,
        Headers = new HeaderFields(
            ("Host", "127.0.0.1:8080"),
            ("User-Agent", "aws-sdk-js/3.700.0 ua/2.1 os/linux lang/js md/nodejs"),
            ("Content-Type", "application/octet-stream"),
            ("Content-Length", "4096"),
            ("x-amz-date", "20130524T000000Z"),
            ("x-amz-content-sha256", payloadHash),
            ("x-amz-checksum-crc32", "AAAAAA=="),
            ("x-amz-sdk-checksum-algorithm", "CRC32"),
            ("x-amz-user-agent", "aws-sdk-js/3.700.0"),
            ("amz-sdk-invocation-id", "0b8ac5b2-7b5e-4dbb-8f4b-2d7c3d1d2f10"),
            ("amz-sdk-request", "attempt=1; max=3"),
            (
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, SignedHeaders=amz-sdk-invocation-id;"
                + "amz-sdk-request;content-length;content-type;host;x-amz-checksum-crc32;x-amz-content-sha256;x-amz-date;"
                + $"x-amz-sdk-checksum-algorithm;x-amz-user-agent, Signature={signature}")),
    };
}
