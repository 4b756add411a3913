using System.Collections.Concurrent;
using S3Cassandra.Support;

namespace S3Cassandra.Reliability.Tests.Load;

/// <summary>Every value that was ever sent, by the ETag that it must have; tells what a response holds, and whether all of it fits.</summary>
internal sealed class KnownValues
{
    private readonly ConcurrentDictionary<string, string> _ids = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _etags = new(StringComparer.Ordinal);

    public byte[] Add(string id, bool multipart)
    {
        var body = ObjectContent.Create(id);
        var etag = multipart ? ObjectContent.MultipartETag(body) : ObjectContent.ETag(body);
        _ids[etag] = id;
        _etags[id] = etag;
        return body;
    }

    public string ETagOf(string id) => _etags[id];

    /// <summary>The id of the value that a GET or HEAD returned; throws when its parts do not belong together.</summary>
    public string Identify(string key, S3Response response, bool withBody)
    {
        if (response.ETag is not { } etag || !_ids.TryGetValue(etag, out var id))
        {
            throw new WrongAnswerException($"{key}: nobody wrote an object with the ETag {response.ETag}");
        }

        if (response.Headers.GetValueOrDefault("x-amz-meta-id") != id)
        {
            throw new WrongAnswerException($"{key}: the ETag is that of {id}, the metadata that of {response.Headers.GetValueOrDefault("x-amz-meta-id")}");
        }

        if (response.Headers.GetValueOrDefault("Content-Length") != $"{ObjectContent.SizeOf(id)}")
        {
            throw new WrongAnswerException($"{key}: {id} with a length of {response.Headers.GetValueOrDefault("Content-Length")}");
        }

        if (withBody && !response.Body.AsSpan().SequenceEqual(ObjectContent.Create(id)))
        {
            var first = System.Text.Encoding.Latin1.GetString(response.Body.AsSpan(0, Math.Min(80, response.Body.Length))).Split('\n')[0];
            throw new WrongAnswerException($"{key}: {id} with {response.Body.Length} other bytes, beginning with {first}");
        }

        return id;
    }
}
