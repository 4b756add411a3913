using S3Cassandra.Auth.Requests;

namespace S3Cassandra.Auth.Signatures.V4;

/// <summary>
/// The CanonicalRequest (AWS: "Create a signed AWS API request"): method, path, query, signed headers with their values, their names,
/// payload hash. S3's way: the path is neither normalised nor encoded twice.
/// </summary>
internal static class CanonicalRequest
{
    public static void Append(
        ref CanonicalBuffer buffer, in SignedRequest request, ReadOnlySpan<char> signedHeaders, string payloadHash, bool isPresigned)
    {
        buffer.Append(request.Method);
        buffer.Append((byte)'\n');
        var path = request.RawPath.Length == 0 ? "/" : request.RawPath;
        buffer.Advance(UriEncoding.EncodePath(path, buffer.Reserve(UriEncoding.MaxLength(path))));
        buffer.Append((byte)'\n');
        CanonicalQuery.Append(ref buffer, request.RawQuery, isPresigned);
        buffer.Append((byte)'\n');
        foreach (var range in signedHeaders.Split(';'))
        {
            AppendHeader(ref buffer, request, signedHeaders[range]);
        }

        buffer.Append((byte)'\n');
        buffer.Append(signedHeaders);
        buffer.Append((byte)'\n');
        buffer.Append(payloadHash);
    }

    /// <summary>Appends <c>name:value\n</c>; a signed header that did not come counts as empty, and so fails the comparison.</summary>
    private static void AppendHeader(ref CanonicalBuffer buffer, in SignedRequest request, ReadOnlySpan<char> name)
    {
        buffer.AppendLower(name);
        buffer.Append((byte)':');
        if (name.Equals("host", StringComparison.OrdinalIgnoreCase))
        {
            AppendFolded(ref buffer, request.Host);
        }
        else if (request.Headers.IndexOf(name) is var index and >= 0)
        {
            var lines = request.Headers.ValueCountAt(index);
            for (var line = 0; line < lines; line++)
            {
                if (line > 0)
                {
                    buffer.Append((byte)',');
                }

                AppendFolded(ref buffer, request.Headers.ValueAt(index, line));
            }
        }

        buffer.Append((byte)'\n');
    }

    /// <summary>Appends a value without white space at its ends and with each run of it inside as one space.</summary>
    private static void AppendFolded(ref CanonicalBuffer buffer, ReadOnlySpan<char> value)
    {
        var rest = value.Trim(" \t");
        while (true)
        {
            var gap = IndexOfRun(rest);
            if (gap < 0)
            {
                buffer.Append(rest);
                return;
            }

            buffer.Append(rest[..gap]);
            buffer.Append((byte)' ');
            rest = rest[gap..].TrimStart(" \t");
        }
    }

    /// <summary>Where white space begins that is not just one space; -1 when all is well.</summary>
    private static int IndexOfRun(ReadOnlySpan<char> text)
    {
        var at = text.IndexOfAny(" \t");
        while (at >= 0)
        {
            if (text[at] == '\t' || text[at + 1] is ' ' or '\t')
            {
                return at;
            }

            var next = text[(at + 1)..].IndexOfAny(" \t");
            at = next < 0 ? -1 : at + 1 + next;
        }

        return -1;
    }
}
