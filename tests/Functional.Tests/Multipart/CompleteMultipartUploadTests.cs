using System.Net;
using System.Text;
using Amazon.S3.Transfer;

namespace S3Cassandra.Functional.Tests.Multipart;

public class CompleteMultipartUploadTests(ServerFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_sdks_transfer_goes_up_and_comes_down_part_by_part()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        var body = Bytes.Of((2 * Upload.PartSize) + 77);
        using var transfer = new TransferUtility(fixture.Aws, new TransferUtilityConfig { MinSizeBeforePartUpload = Upload.PartSize });
        await transfer.UploadAsync(new TransferUtilityUploadRequest { BucketName = bucket, Key = "big", InputStream = new MemoryStream(body), PartSize = Upload.PartSize }, Token);
        var head = await fixture.Aws.GetObjectMetadataAsync(new() { BucketName = bucket, Key = "big", PartNumber = 3 }, Token);
        Assert.Equal(3, head.PartsCount);
        Assert.Equal(77, head.ContentLength);
        Assert.EndsWith("-3\"", head.ETag, StringComparison.Ordinal);
        Assert.Equal(body, (await fixture.Raw.GetAsync(bucket, "big", Token)).Body);
    }

    [Fact]
    public async Task Sent_again_it_answers_as_before()
    {
        var upload = await Upload.BeginAsync(fixture, Token);
        await upload.PutPartAsync(1, Bytes.Of(100), Token);
        var first = await upload.CompleteAsync(Token, (1, Upload.ETagOf(Bytes.Of(100))));
        var again = await upload.CompleteAsync(Token, (1, Upload.ETagOf(Bytes.Of(100))));
        Assert.Equal(first.Document("CompleteMultipartUploadResult").Element("ETag")!.Value, again.Document("CompleteMultipartUploadResult").Element("ETag")!.Value);
        await fixture.Raw.DeleteAsync(upload.Bucket, upload.Key, Token);
        (await upload.CompleteAsync(Token, (1, Upload.ETagOf(Bytes.Of(100))))).IsError(HttpStatusCode.NotFound, "NoSuchUpload");
    }

    [Fact]
    public async Task What_is_wrong_with_the_list_is_said()
    {
        var upload = await Upload.BeginAsync(fixture, Token);
        var etag = Upload.ETagOf(Bytes.Of(100));
        await upload.PutPartAsync(1, Bytes.Of(100), Token);
        await upload.PutPartAsync(2, Bytes.Of(100), Token);
        var small = (await upload.CompleteAsync(Token, (1, etag), (2, etag))).IsError(HttpStatusCode.BadRequest, "EntityTooSmall");
        Assert.Equal("1", small.Element("PartNumber")!.Value);
        (await upload.CompleteAsync(Token, (2, etag), (1, etag))).IsError(HttpStatusCode.BadRequest, "InvalidPartOrder");
        (await upload.CompleteAsync(Token, (1, etag), (3, etag))).IsError(HttpStatusCode.BadRequest, "InvalidPart");
        (await upload.CompleteAsync(Token)).IsError(HttpStatusCode.BadRequest, "MalformedXML");
        (await upload.CompleteAsync([("x-amz-mp-object-size", "99")], Token, (2, etag))).IsError(HttpStatusCode.BadRequest, "InvalidRequest");
        (await upload.CompleteAsync([("If-Match", "\"x\"")], Token, (2, etag))).IsError(HttpStatusCode.NotFound, "NoSuchKey");
        Assert.True((await upload.CompleteAsync([("x-amz-mp-object-size", "100"), ("If-None-Match", "*")], Token, (2, etag))).IsSuccess);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<CompleteMultipartUpload>")]
    [InlineData("<CompleteMultipartUpload/>")]
    [InlineData("<Other><Part><PartNumber>1</PartNumber><ETag>x</ETag></Part></Other>")]
    [InlineData("<CompleteMultipartUpload><Part><PartNumber>1</PartNumber></Part></CompleteMultipartUpload>")]
    [InlineData("<CompleteMultipartUpload><Part><PartNumber>one</PartNumber><ETag>x</ETag></Part></CompleteMultipartUpload>")]
    [InlineData("<!DOCTYPE a [<!ENTITY b \"c\">]><CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>&b;</ETag></Part></CompleteMultipartUpload>")]
    public async Task A_document_that_is_none_is_malformed(string document)
    {
        var upload = await Upload.BeginAsync(fixture, Token);
        (await upload.CompleteAsync(document, [], Token)).IsError(HttpStatusCode.BadRequest, "MalformedXML");
    }

    [Fact]
    public async Task Ten_thousand_and_one_parts_are_too_many()
    {
        var upload = await Upload.BeginAsync(fixture, Token);
        var document = new StringBuilder("<CompleteMultipartUpload>");
        for (var part = 0; part <= 10_000; part++)
        {
            document.Append("<Part><PartNumber>1</PartNumber><ETag>x</ETag></Part>");
        }

        var answer = await upload.CompleteAsync(document.Append("</CompleteMultipartUpload>").ToString(), [], Token);
        answer.IsError(HttpStatusCode.BadRequest, "MalformedXML");
    }
}
