using System.Text;
using S3Cassandra.Auth.Requests;

namespace S3Cassandra.Auth.Signatures.V2;

/// <summary>
/// V2's CanonicalizedResource: <c>/bucket</c> where the authority names the bucket, the path as sent, and the sub-resources sorted by
/// name with their values decoded.
/// </summary>
internal static class CanonicalizedResource
{
    /// <summary>The path as sent, with the virtual-hosted bucket before it.</summary>
    public static string Path(in SignedRequest request)
    {
        var path = request.RawPath.Length == 0 ? "/" : request.RawPath;
        return request.VirtualHostedBucket is { } bucket ? $"/{bucket}{path}" : path;
    }

    /// <summary>
    /// Other spellings of the same resource that clients sign: encoded afresh (what AWS's UriEncode makes of the key), and a bucket with
    /// or without a final slash, on which boto 2 and s3cmd disagree.
    /// </summary>
    public static IEnumerable<string> OtherPaths(string path)
    {
        var encoded = EncodeAfresh(path);
        if (encoded != path)
        {
            yield return encoded;
        }

        var slash = path.IndexOf('/', 1);
        if (path.Length > 1 && slash < 0)
        {
            yield return path + "/";
        }
        else if (slash > 1 && slash == path.Length - 1)
        {
            yield return path[..slash];
        }
    }

    /// <summary>The covered parameters, with <c>?</c> before them; empty when there are none.</summary>
    public static string Query(string rawQuery)
    {
        if (rawQuery.Length == 0)
        {
            return "";
        }

        List<(string Name, string? Value)>? covered = null;
        var reader = new QueryReader(rawQuery);
        while (reader.MoveNext())
        {
            var name = UriEncoding.DecodeQuery(reader.Name);
            if (SubResources.Contains(name))
            {
                (covered ??= []).Add((name, reader.HasEquals ? UriEncoding.DecodeQuery(reader.Value) : null));
            }
        }

        if (covered is null)
        {
            return "";
        }

        var text = new StringBuilder();
        foreach (var (name, value) in covered.OrderBy(parameter => parameter.Name, StringComparer.Ordinal))
        {
            text.Append(text.Length == 0 ? '?' : '&').Append(name);
            if (value is not null)
            {
                text.Append('=').Append(value);
            }
        }

        return text.ToString();
    }

    private static string EncodeAfresh(string path)
    {
        var bytes = new byte[UriEncoding.MaxLength(path)];
        return Encoding.ASCII.GetString(bytes, 0, UriEncoding.EncodePath(path, bytes));
    }
}
