using System.Net;

namespace S3Cassandra.Functional.Tests.Multipart;

public class ListMultipartUploadsTests(ServerFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Uploads_come_by_key_and_then_by_initiation()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        var ids = new List<string>();
        foreach (var key in new[] { "b", "a", "b", "c/1", "c/2", "b" })
        {
            ids.Add((await Upload.BeginAsync(fixture, Token, key, bucket)).Id);
        }

        var all = (await fixture.Raw.GetAsync(bucket, null, Token, "uploads")).Document("ListMultipartUploadsResult");
        Assert.Equal(["a", "b", "b", "b", "c/1", "c/2"], all.All("Key"));
        Assert.Equal([ids[1], ids[0], ids[2], ids[5], ids[3], ids[4]], all.All("UploadId"));

        var seen = new List<string>();
        var query = "uploads&max-uploads=2&delimiter=%2F";
        for (var marker = ""; ;)
        {
            var page = (await fixture.Raw.GetAsync(bucket, null, Token, query + marker)).Document("ListMultipartUploadsResult");
            seen.AddRange(page.All("UploadId"));
            seen.AddRange(page.Descendants("CommonPrefixes").Select(prefix => prefix.Value));
            if (page.Element("IsTruncated")!.Value == "false")
            {
                break;
            }

            marker = $"&key-marker={Uri.EscapeDataString(page.Element("NextKeyMarker")!.Value)}&upload-id-marker={page.Element("NextUploadIdMarker")!.Value}";
        }

        Assert.Equal([ids[1], ids[0], ids[2], ids[5], "c/"], seen);
        var some = (await fixture.Raw.GetAsync(bucket, null, Token, "uploads&prefix=c%2F&key-marker=c%2F1")).Document("ListMultipartUploadsResult");
        Assert.Equal(["c/2"], some.All("Key"));
    }

    [Fact]
    public async Task Nothing_is_listed_once_the_upload_ended()
    {
        var upload = await Upload.BeginAsync(fixture, Token);
        await upload.AbortAsync(Token);
        Assert.Empty((await fixture.Raw.GetAsync(upload.Bucket, null, Token, "uploads")).Document("ListMultipartUploadsResult").All("Key"));
        (await fixture.Raw.GetAsync(upload.Bucket, null, Token, "uploads&max-uploads=-1")).IsError(HttpStatusCode.BadRequest, "InvalidArgument");
        var marker = await fixture.Raw.GetAsync(upload.Bucket, null, Token, "uploads&key-marker=a&upload-id-marker=..%2Fx");
        marker.IsError(HttpStatusCode.BadRequest, "InvalidArgument");
    }
}
