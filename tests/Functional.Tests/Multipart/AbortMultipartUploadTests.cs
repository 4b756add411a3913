using System.Net;

namespace S3Cassandra.Functional.Tests.Multipart;

public class AbortMultipartUploadTests(ServerFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_aborted_upload_is_gone_with_its_parts()
    {
        var upload = await Upload.BeginAsync(fixture, Token);
        await upload.PutPartAsync(1, Bytes.Of(100_000), Token);
        Assert.Equal(HttpStatusCode.NoContent, (await upload.AbortAsync(Token)).Status);
        (await upload.AbortAsync(Token)).IsError(HttpStatusCode.NotFound, "NoSuchUpload");
        (await upload.ListPartsAsync(Token)).IsError(HttpStatusCode.NotFound, "NoSuchUpload");
        (await upload.PutPartAsync(1, [1], Token)).IsError(HttpStatusCode.NotFound, "NoSuchUpload");
        (await upload.CompleteAsync(Token, (1, "x"))).IsError(HttpStatusCode.NotFound, "NoSuchUpload");
    }

    [Fact]
    public async Task A_completed_upload_cannot_be_aborted()
    {
        var upload = await Upload.BeginAsync(fixture, Token);
        await upload.PutPartAsync(1, [1], Token);
        await upload.CompleteAsync(Token, (1, Upload.ETagOf([1])));
        (await upload.AbortAsync(Token)).IsError(HttpStatusCode.NotFound, "NoSuchUpload");
        Assert.Equal([1], (await fixture.Raw.GetAsync(upload.Bucket, upload.Key, Token)).Body);
    }

    [Fact]
    public async Task An_abort_may_name_when_the_upload_began()
    {
        var upload = await Upload.BeginAsync(fixture, Token);
        var answer = await upload.AbortAsync(Token, ("x-amz-if-match-initiated-time", "Wed, 21 Oct 2015 07:28:00 GMT"));
        answer.IsError(HttpStatusCode.PreconditionFailed, "PreconditionFailed");
        Assert.Equal(HttpStatusCode.NoContent, (await upload.AbortAsync(Token)).Status);
    }
}
