using System.Security.Cryptography;
using System.Text;
using S3Cassandra.Auth.Signatures;
using S3Cassandra.Auth.Tests.Support;

namespace S3Cassandra.Auth.Tests.Examples;

/// <summary>AWS's two examples of a chunked upload: 65 KiB of <c>a</c> in chunks of 64 KiB, without and with a trailer.</summary>
public sealed class ExamplesOfChunkedUploadTests
{
    private static readonly byte[] Data = Encoding.ASCII.GetBytes(new string('a', 66_560));

    [Fact]
    public void Signed_chunks()
    {
        var verification = Upload(
            "STREAMING-AWS4-HMAC-SHA256-PAYLOAD", null, "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9");
        Assert.Equal(PayloadMode.StreamingSigned, verification.Payload.Mode);
        var chunks = verification.Chunks!;
        Assert.True(Chunk(chunks, Data[..65_536], "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648"));
        Assert.True(Chunk(chunks, Data[65_536..], "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497"));
        Assert.True(Chunk(chunks, [], "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9"));
    }

    [Fact]
    public void Signed_chunks_with_a_trailer()
    {
        var verification = Upload(
            "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
            "x-amz-checksum-crc32c",
            "106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e");
        Assert.Equal(PayloadMode.StreamingSignedTrailer, verification.Payload.Mode);
        var chunks = verification.Chunks!;
        Assert.True(Chunk(chunks, Data[..65_536], "b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2"));
        Assert.True(Chunk(chunks, Data[65_536..], "1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7"));
        Assert.True(Chunk(chunks, [], "2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992"));
        Assert.True(chunks.VerifyTrailer(
            SHA256.HashData("x-amz-checksum-crc32c:sOO8/Q==\n"u8),
            "d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435"u8));
    }

    private static bool Chunk(ChunkSignatures chunks, byte[] data, string signature) =>
        chunks.VerifyChunk(SHA256.HashData(data), Encoding.ASCII.GetBytes(signature));

    private static Verification Upload(string mode, string? trailer, string seed)
    {
        var request = ExamplesOfSignatureV4Tests.Request("PUT", "/examplebucket/chunkObject.txt", mode);
        request.Host = "s3.amazonaws.com";
        request.Headers.Add("x-amz-storage-class", "REDUCED_REDUNDANCY");
        request.Headers.Add("Content-Encoding", "aws-chunked");
        request.Headers.Add("x-amz-decoded-content-length", "66560");
        if (trailer is null)
        {
            request.Headers.Add("Content-Length", "66824");
            ExamplesOfSignatureV4Tests.Authorize(
                request,
                "content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class",
                seed);
        }
        else
        {
            request.Headers.Add("x-amz-trailer", trailer);
            ExamplesOfSignatureV4Tests.Authorize(
                request,
                "content-encoding;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class;x-amz-trailer",
                seed);
        }

        return ExamplesOfSignatureV4Tests.Verify(request).Holds();
    }
}
