using System.Globalization;
using System.Text;
using System.Xml.Linq;
using S3Cassandra.Support;

namespace S3Cassandra.Reliability.Tests.Load;

/// <summary>
/// An upload of more parts than a row lists: its Complete writes them down in a manifest of their own first. Little is sent for it: the
/// parts, each other bytes, are copied out of one object. Until somebody was told that it is completed, it can be, again and again.
/// </summary>
internal sealed class ManyPartsUpload
{
    private const string Key = "many-parts";
    private const string SourceKey = "many-parts-source";
    private const int Parts = 65;
    private const int PartSize = ObjectContent.PartSize;
    private const int CopiesAtOnce = 4;

    private readonly string _bucket;
    private readonly string _query;
    private readonly byte[] _source;
    private readonly string[] _etags = new string[Parts];

    private ManyPartsUpload(string bucket, string id, byte[] source) =>
        (_bucket, _query, _source) = (bucket, $"uploadId={SignatureV4.Encode(id)}", source);

    /// <summary>Whether a server gets to this crash point only by such an upload.</summary>
    public static bool LeadsTo(string? crashPoint) => crashPoint?.Contains("manifest", StringComparison.Ordinal) == true;

    /// <summary>All that comes before the Complete.</summary>
    public static async Task<ManyPartsUpload> PrepareAsync(S3Client client, string bucket, CancellationToken token)
    {
        var source = ObjectContent.Create(ObjectContent.NewId(0, Parts, PartSize + Parts));
        var put = await client.PutAsync(bucket, SourceKey, source, token);
        Assert.True(put.IsSuccess, put.Text);
        var created = await client.SendAsync(HttpMethod.Post, bucket, Key, "uploads", [], [], token);
        var upload = new ManyPartsUpload(bucket, ValueOf(created, "UploadId"), source);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = CopiesAtOnce, CancellationToken = token };
        await Parallel.ForAsync(0, Parts, parallel, async (part, stop) => upload._etags[part] = await upload.CopyAsync(client, part, stop));
        return upload;
    }

    public Task<S3Response> CompleteAsync(S3Client client, CancellationToken token)
    {
        var document = new StringBuilder("<CompleteMultipartUpload>");
        foreach (var (part, etag) in _etags.Index())
        {
            document.Append(CultureInfo.InvariantCulture, $"<Part><PartNumber>{part + 1}</PartNumber><ETag>{etag}</ETag></Part>");
        }

        var bytes = Encoding.UTF8.GetBytes(document.Append("</CompleteMultipartUpload>").ToString());
        return client.SendAsync(HttpMethod.Post, _bucket, Key, _query, bytes, [], token);
    }

    /// <summary>Whether its Complete had an answer or not: it can be sent again, and then every part is there.</summary>
    public async Task VerifyAsync(S3Client client, CancellationToken token)
    {
        var completed = await CompleteAsync(client, token);
        Assert.True(completed.IsSuccess && completed.Text.Contains("<CompleteMultipartUploadResult", StringComparison.Ordinal), completed.Text);
        for (var part = 0; part < Parts; part++)
        {
            var got = await client.GetAsync(_bucket, Key, token, $"partNumber={part + 1}");
            Assert.True(got.IsSuccess, $"part {part + 1}: {got.Status} {got.Text}");
            Assert.True(got.Body.AsSpan().SequenceEqual(_source.AsSpan(part, PartSize)), $"part {part + 1} has other bytes");
            Assert.Equal($"{Parts}", got.Headers.GetValueOrDefault("x-amz-mp-parts-count"));
        }
    }

    private async Task<string> CopyAsync(S3Client client, int part, CancellationToken token)
    {
        (string, string)[] headers =
        [
            ("x-amz-copy-source", $"{_bucket}/{SourceKey}"),
            ("x-amz-copy-source-range", string.Create(CultureInfo.InvariantCulture, $"bytes={part}-{part + PartSize - 1}")),
        ];
        return ValueOf(await client.SendAsync(HttpMethod.Put, _bucket, Key, $"partNumber={part + 1}&{_query}", [], headers, token), "ETag");
    }

    private static string ValueOf(S3Response response, string element)
    {
        Assert.True(response.IsSuccess, response.Text);
        return XDocument.Parse(response.Text).Root!.Elements().First(child => child.Name.LocalName == element).Value;
    }
}
