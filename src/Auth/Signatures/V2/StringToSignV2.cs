using System.Text;
using S3Cassandra.Auth.Requests;

namespace S3Cassandra.Auth.Signatures.V2;

/// <summary>
/// V2's StringToSign (AWS: "Signing and authenticating REST requests"): method, Content-MD5, Content-Type, the date, the
/// <c>x-amz-*</c> headers and, added by the caller, the resource.
/// </summary>
internal static class StringToSignV2
{
    /// <summary>
    /// Everything before the resource; <paramref name="date"/> is Date's value, a URL's Expires, or empty beside x-amz-date. A URL's session
    /// token counts as a header (botocore and boto sign it so).
    /// </summary>
    public static string BeforeResource(in SignedRequest request, string date, string? securityToken) =>
        BeforeResource(request, date, withAmzDate: true, securityToken);

    /// <summary>
    /// The other form that AWS's page shows beside x-amz-date: its value in the date's place and not among the headers. Null where that
    /// header did not come.
    /// </summary>
    public static string? BeforeResourceWithAmzDateAsDate(in SignedRequest request) =>
        request.Headers.Find("x-amz-date") is { } amzDate ? BeforeResource(request, amzDate.Trim(), withAmzDate: false, null) : null;

    private static string BeforeResource(in SignedRequest request, string date, bool withAmzDate, string? securityToken)
    {
        var text = new StringBuilder(256);
        text.Append(request.Method).Append('\n');
        text.Append(request.Headers.Find("content-md5")?.Trim()).Append('\n');
        text.Append(request.Headers.Find("content-type")?.Trim()).Append('\n');
        text.Append(date).Append('\n');
        AppendAmzHeaders(text, request.Headers, withAmzDate, request.Headers.Has(SecurityTokenReader.Name) ? null : securityToken);
        return text.ToString();
    }

    private static void AppendAmzHeaders(StringBuilder text, IRequestHeaders headers, bool withAmzDate, string? securityToken)
    {
        List<(string Name, int Index)>? names = null;
        for (var i = 0; i < headers.Count; i++)
        {
            if (headers.NameAt(i).StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase)
                && (withAmzDate || !headers.NameAt(i).Equals("x-amz-date", StringComparison.OrdinalIgnoreCase)))
            {
                (names ??= []).Add((headers.NameAt(i).ToLowerInvariant(), i));
            }
        }

        if (securityToken is not null)
        {
            (names ??= []).Add((SecurityTokenReader.Name, -1));
        }

        names?.Sort((x, y) => string.CompareOrdinal(x.Name, y.Name));
        foreach (var (name, index) in names ?? [])
        {
            text.Append(name).Append(':').Append(index < 0 ? securityToken : null);
            for (var line = 0; index >= 0 && line < headers.ValueCountAt(index); line++)
            {
                text.Append(line == 0 ? "" : ",").Append(headers.ValueAt(index, line).AsSpan().Trim());
            }

            text.Append('\n');
        }
    }
}
