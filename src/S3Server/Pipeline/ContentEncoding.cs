namespace S3Cassandra.S3Server.Pipeline;

/// <summary>Content-Encoding as objects keep it: aws-chunked was of the transfer and is removed, as AWS does.</summary>
internal static class ContentEncoding
{
    private const string AwsChunked = "aws-chunked";

    public static void RemoveAwsChunked(IHeaderDictionary headers)
    {
        var encoding = headers.ContentEncoding;
        if (encoding.Count == 0 || !encoding.ToString().Contains(AwsChunked, StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        var kept = encoding.ToString()
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(coding => !coding.Equals(AwsChunked, StringComparison.OrdinalIgnoreCase));
        var value = string.Join(',', kept);
        if (value.Length == 0)
        {
            headers.Remove("Content-Encoding");
        }
        else
        {
            headers.ContentEncoding = value;
        }
    }
}
