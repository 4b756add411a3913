using System.Text;
using System.Xml.Linq;
using S3Cassandra.Support;

namespace S3Cassandra.Reliability.Tests.Kill;

/// <summary>An upload of more parts than a row lists: its Complete writes them down in a manifest of their own first.</summary>
internal static class ManyPartsUpload
{
    private const string Bucket = "many-parts";
    private const int Parts = 66;
    private const int PartSize = 5 << 20;

    /// <summary>Copies one part many times and completes; returns early when the server is gone.</summary>
    public static async Task RunAsync(S3Endpoint endpoint, CancellationToken token)
    {
        using var client = new S3Client(endpoint);
        try
        {
            await client.CreateBucketAsync(Bucket, token);
            Assert.True((await client.PutAsync(Bucket, "source", new byte[PartSize], token)).IsSuccess);
            var created = await client.SendAsync(HttpMethod.Post, Bucket, "many", "uploads", [], [], token);
            var upload = XDocument.Parse(created.Text).Root!.Elements().First(element => element.Name.LocalName == "UploadId").Value;
            var document = new StringBuilder("<CompleteMultipartUpload>");
            for (var part = 1; part <= Parts; part++)
            {
                var query = $"partNumber={part}&uploadId={SignatureV4.Encode(upload)}";
                var copied = await client.SendAsync(HttpMethod.Put, Bucket, "many", query, [], [("x-amz-copy-source", $"{Bucket}/source")], token);
                var etag = XDocument.Parse(copied.Text).Root!.Elements().First(element => element.Name.LocalName == "ETag").Value;
                document.Append($"<Part><PartNumber>{part}</PartNumber><ETag>{etag}</ETag></Part>");
            }

            var bytes = Encoding.UTF8.GetBytes(document.Append("</CompleteMultipartUpload>").ToString());
            await client.SendAsync(HttpMethod.Post, Bucket, "many", $"uploadId={SignatureV4.Encode(upload)}", bytes, [], token);
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            // The server is gone: that is what this is for.
        }
    }

    /// <summary>The object is there whole, or not at all.</summary>
    public static async Task VerifyAsync(S3Client client, CancellationToken token)
    {
        var head = await client.HeadAsync(Bucket, "many", token);
        Assert.True((int)head.Status == 404 || head.Headers["Content-Length"] == $"{(long)Parts * PartSize}", $"{head.Status}");
    }
}
