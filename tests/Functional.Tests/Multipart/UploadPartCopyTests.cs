using System.Net;

namespace S3Cassandra.Functional.Tests.Multipart;

public class UploadPartCopyTests(ServerFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Parts_come_from_ranges_of_another_object()
    {
        var upload = await Upload.BeginAsync(fixture, Token);
        var source = Bytes.Of(Upload.PartSize + 1000);
        await fixture.Raw.PutAsync(upload.Bucket, "source", source, Token);
        var first = await upload.CopyPartAsync(1, $"/{upload.Bucket}/source", Token, ("x-amz-copy-source-range", $"bytes=0-{Upload.PartSize - 1}"));
        var second = await upload.CopyPartAsync(2, $"{upload.Bucket}/source", Token, ("x-amz-copy-source-range", "bytes=100-299"));
        var whole = await upload.CopyPartAsync(3, $"{upload.Bucket}/source", Token);
        var etags = new[] { first, second, whole }.Select(answer => answer.Document("CopyPartResult").Element("ETag")!.Value).ToArray();
        Assert.Equal(Upload.ETagOf(source[100..300]), etags[1]);
        Assert.True((await upload.CompleteAsync(Token, (1, etags[0]), (3, etags[2]))).IsSuccess);
        byte[] expected = [.. source[..Upload.PartSize], .. source];
        Assert.Equal(expected, (await fixture.Raw.GetAsync(upload.Bucket, upload.Key, Token)).Body);
    }

    [Theory]
    [InlineData("bytes=0-1000")]
    [InlineData("bytes=1000-1001")]
    [InlineData("bytes=5-4")]
    [InlineData("bytes=-5")]
    [InlineData("bytes=5-")]
    [InlineData("bytes=0-1,3-4")]
    [InlineData("0-1")]
    [InlineData("bytes=0-99999999999999999999")]
    public async Task A_range_is_strict(string range)
    {
        var upload = await Upload.BeginAsync(fixture, Token);
        await fixture.Raw.PutAsync(upload.Bucket, "source", Bytes.Of(1000), Token);
        var copy = await upload.CopyPartAsync(1, $"{upload.Bucket}/source", Token, ("x-amz-copy-source-range", range));
        copy.IsError(HttpStatusCode.BadRequest, "InvalidArgument");
        Assert.Empty((await upload.ListPartsAsync(Token)).Document("ListPartsResult").All("PartNumber"));
    }

    [Fact]
    public async Task Conditions_and_versions_of_the_source_hold()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token, versioned: true);
        var old = await fixture.Raw.PutAsync(bucket, "source", "old"u8.ToArray(), Token);
        await fixture.Raw.PutAsync(bucket, "source", "new"u8.ToArray(), Token);
        var upload = await Upload.BeginAsync(fixture, Token, bucket: bucket);
        var version = old.Headers["x-amz-version-id"];
        var copy = await upload.CopyPartAsync(1, $"{bucket}/source?versionId={version}", Token, ("x-amz-copy-source-if-match", old.Headers["ETag"]));
        Assert.Equal(version, copy.Headers["x-amz-copy-source-version-id"]);
        Assert.Equal(Upload.ETagOf("old"u8.ToArray()), copy.Document("CopyPartResult").Element("ETag")!.Value);
        var refused = await upload.CopyPartAsync(2, $"{bucket}/source", Token, ("x-amz-copy-source-if-match", old.Headers["ETag"]));
        refused.IsError(HttpStatusCode.PreconditionFailed, "PreconditionFailed");
        (await upload.CopyPartAsync(2, $"{bucket}/nothing", Token)).IsError(HttpStatusCode.NotFound, "NoSuchKey");
    }
}
