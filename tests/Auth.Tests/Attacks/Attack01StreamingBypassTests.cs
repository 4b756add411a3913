using S3Cassandra.Auth.Signatures;
using S3Cassandra.Auth.Tests.Support;

namespace S3Cassandra.Auth.Tests.Attacks;

/// <summary>Attack 1: no payload mode, wherever the credential stands, gets a body read under a signature that does not hold.</summary>
public sealed class Attack01StreamingBypassTests
{
    private const string Hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private static readonly (string Header, PayloadMode Mode)[] Modes =
    [
        (Hash, PayloadMode.Signed),
        ("UNSIGNED-PAYLOAD", PayloadMode.Unsigned),
        ("STREAMING-AWS4-HMAC-SHA256-PAYLOAD", PayloadMode.StreamingSigned),
        ("STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER", PayloadMode.StreamingSignedTrailer),
        ("STREAMING-UNSIGNED-PAYLOAD-TRAILER", PayloadMode.StreamingUnsignedTrailer),
    ];

    private static readonly (string Method, string Path, string Query)[] Operations =
    [
        ("PUT", "/bucket/key", ""), ("PUT", "/bucket/key", "partNumber=1&uploadId=u"), ("POST", "/bucket", "delete"),
        ("PUT", "/bucket", "versioning"), ("PUT", "/bucket", "cors"), ("PUT", "/bucket/key", "tagging"), ("POST", "/bucket/key", "uploadId=u"),
    ];

    private static readonly string[] Places = ["header", "query"];

    public static TheoryData<string, string, string, string, string> Matrix()
    {
        var data = new TheoryData<string, string, string, string, string>();
        foreach (var (method, path, query) in Operations)
        {
            foreach (var place in Places)
            {
                foreach (var (header, _) in Modes)
                {
                    data.Add(place, header, method, path, query);
                }
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Matrix))]
    public void A_valid_signature_gives_its_mode_and_a_forged_one_nothing(
        string place, string mode, string method, string path, string query)
    {
        var valid = Verification.Of(Signed(place, mode, method, path, query, new SignerV4())).Holds();
        Assert.Equal(Modes.Single(known => known.Header == mode).Mode, valid.Payload.Mode);
        Assert.Equal(valid.Payload.Mode is PayloadMode.StreamingSigned or PayloadMode.StreamingSignedTrailer, valid.Chunks is not null);

        Verification.Of(Signed(place, mode, method, path, query, new SignerV4 { Secret = "not the secret" })).Refused("SignatureDoesNotMatch");
        Verification.Of(Signed(place, mode, method, path, query, new SignerV4 { AccessKeyId = "AKIANOSUCHKEY" })).Refused("InvalidAccessKeyId");
    }

    [Theory]
    [MemberData(nameof(Matrix))]
    public void Another_mode_than_the_signed_one_is_refused(string place, string mode, string method, string path, string query)
    {
        foreach (var (other, _) in Modes.Where(known => known.Header != mode))
        {
            var request = Signed(place, mode, method, path, query, new SignerV4());
            request.Headers["x-amz-content-sha256"] = other;
            Verification.Of(request).Refused("SignatureDoesNotMatch");
        }
    }

    [Theory]
    [MemberData(nameof(Matrix))]
    public void Both_header_and_query_are_refused_even_when_each_is_valid(
        string place, string mode, string method, string path, string query)
    {
        var header = Signed("header", mode, method, path, query, new SignerV4());
        var presigned = Signed("query", mode, method, path, query, new SignerV4());
        header.Query = presigned.Query;
        Verification.Of(header).Refused("InvalidArgument");

        var forged = Signed(place, mode, method, path, query, new SignerV4());
        forged.Headers["Authorization"] = "AWS x:y";
        forged.AppendQuery("X-Amz-Signature=00");
        Verification.Of(forged).Refused("InvalidArgument");
    }

    [Fact]
    public void Without_a_credential_a_trailer_is_plain_anonymous()
    {
        var named = Verification.Of(new TestRequest().With("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"));
        Assert.True(named.IsAnonymous);
        Assert.Equal(PayloadMode.StreamingUnsignedTrailer, named.Payload.Mode);

        var framed = Verification.Of(new TestRequest()
            .With("Content-Encoding", "gzip,aws-chunked")
            .With("x-amz-trailer", "x-amz-checksum-crc32")
            .With("x-amz-decoded-content-length", "5"));
        Assert.True(framed.IsAnonymous);
        Assert.Equal(PayloadMode.StreamingUnsignedTrailer, framed.Payload.Mode);
    }

    [Theory]
    [InlineData(Hash, PayloadMode.Signed)]
    [InlineData("UNSIGNED-PAYLOAD", PayloadMode.Unsigned)]
    [InlineData(null, PayloadMode.Unsigned)]
    public void Without_a_credential_the_mode_is_still_read(string? header, PayloadMode mode)
    {
        var request = new TestRequest();
        request.Headers["x-amz-content-sha256"] = header;
        var verification = Verification.Of(request);
        Assert.True(verification.IsAnonymous);
        Assert.Equal(mode, verification.Payload.Mode);
    }

    [Theory]
    [InlineData("STREAMING-AWS4-HMAC-SHA256-PAYLOAD")]
    [InlineData("STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER")]
    public void Signed_chunks_need_a_key(string mode)
    {
        Verification.Of(new TestRequest().With("x-amz-content-sha256", mode)).Refused("InvalidRequest");
        Verification.Of(new SignerV2().SignHeader(new TestRequest().With("x-amz-content-sha256", mode))).Refused("InvalidRequest");
        Verification.Of(new SignerV2().SignQuery(new TestRequest().With("x-amz-content-sha256", mode))).Refused("InvalidRequest");
    }

    [Theory]
    [InlineData("STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD", "InvalidRequest")]
    [InlineData("streaming-unsigned-payload-trailer", "InvalidArgument")]
    [InlineData("STREAMING-ANYTHING", "InvalidArgument")]
    [InlineData("", "InvalidArgument")]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b8", "InvalidArgument")]
    [InlineData("zzb0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "InvalidArgument")]
    public void Other_modes_are_refused_with_and_without_a_credential(string mode, string code)
    {
        Verification.Of(new SignerV4().SignHeader(new TestRequest(), mode)).Refused(code);
        Verification.Of(new SignerV4().SignQuery(new TestRequest().With("x-amz-content-sha256", mode), payloadHash: mode)).Refused(code);
        Verification.Of(new SignerV2().SignHeader(new TestRequest().With("x-amz-content-sha256", mode))).Refused(code);
        var anonymous = Verification.Of(new TestRequest().With("x-amz-content-sha256", mode));
        if (mode.Contains('-', StringComparison.Ordinal))
        {
            anonymous.Refused(code);
            return;
        }

        // What nobody signed and is no mode is the hash of no body: 32 bytes never equal none.
        Assert.True(anonymous.IsAnonymous);
        Assert.Equal(PayloadMode.Signed, anonymous.Payload.Mode);
        Assert.Empty(anonymous.Payload.Sha256!);
    }

    private static TestRequest Signed(string place, string mode, string method, string path, string query, SignerV4 signer)
    {
        var request = new TestRequest { Method = method, Path = path, Query = query }.With("x-amz-decoded-content-length", "5");
        if (place == "header")
        {
            return signer.SignHeader(request, mode);
        }

        request.Headers["x-amz-content-sha256"] = mode;
        return signer.SignQuery(request, payloadHash: mode);
    }
}
