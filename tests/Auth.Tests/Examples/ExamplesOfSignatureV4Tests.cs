using S3Cassandra.Auth.Signatures;
using S3Cassandra.Auth.Tests.Support;

namespace S3Cassandra.Auth.Tests.Examples;

/// <summary>The examples that AWS publishes for S3 ("Signature Calculations for the Authorization Header", "Using Query Parameters").</summary>
public sealed class ExamplesOfSignatureV4Tests
{
    public const string AccessKeyId = "AKIAIOSFODNN7EXAMPLE";
    public const string Secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    private const string EmptySha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private static readonly DateTimeOffset Date = new(2013, 5, 24, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Get_object()
    {
        var request = Request("GET", "/test.txt", EmptySha256);
        request.Headers.Add("Range", "bytes=0-9");
        Authorize(
            request,
            "host;range;x-amz-content-sha256;x-amz-date",
            "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");

        var verification = Verify(request).Holds();
        Assert.Equal(PayloadMode.Signed, verification.Payload.Mode);
        Assert.Equal(EmptySha256, Convert.ToHexStringLower(verification.Payload.Sha256!));
    }

    [Fact]
    public void Put_object()
    {
        var request = Request("PUT", "/test%24file.text", "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072");
        request.Headers.Add("Date", "Fri, 24 May 2013 00:00:00 GMT");
        request.Headers.Add("x-amz-storage-class", "REDUCED_REDUNDANCY");
        Authorize(
            request,
            "date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class",
            "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
        Verify(request).Holds();
    }

    [Theory]
    [InlineData("lifecycle", "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543")]
    [InlineData("lifecycle=", "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543")]
    [InlineData("max-keys=2&prefix=J", "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7")]
    [InlineData("prefix=J&max-keys=2", "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7")]
    public void Bucket_with_query(string query, string signature)
    {
        var request = Request("GET", "/", EmptySha256);
        request.Query = query;
        Authorize(request, "host;x-amz-content-sha256;x-amz-date", signature);
        Verify(request).Holds();
    }

    [Fact]
    public void Presigned_url()
    {
        var request = new TestRequest
        {
            Method = "GET",
            Path = "/test.txt",
            Host = "examplebucket.s3.amazonaws.com",
            Now = Date.AddHours(23),
            Query = "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"
                + "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host"
                + "&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404",
        };
        var verification = Verify(request).Holds();
        Assert.Equal(SignaturePlace.Query, verification.Claim!.Place);
        Assert.Equal(PayloadMode.Unsigned, verification.Payload.Mode);
    }

    internal static Verification Verify(TestRequest request) => Verification.Of(request, null, AccessKeyId, Secret);

    internal static TestRequest Request(string method, string path, string payloadHash)
    {
        var request = new TestRequest { Method = method, Path = path, Host = "examplebucket.s3.amazonaws.com", Now = Date };
        request.Headers.Add("x-amz-date", "20130524T000000Z");
        request.Headers.Add("x-amz-content-sha256", payloadHash);
        return request;
    }

    internal static void Authorize(TestRequest request, string signedHeaders, string signature) => request.Headers.Add(
        "Authorization",
        $"AWS4-HMAC-SHA256 Credential={AccessKeyId}/20130524/us-east-1/s3/aws4_request,SignedHeaders={signedHeaders},Signature={signature}");
}
