using System.Text;
using S3Cassandra.S3Server.Errors;

namespace S3Cassandra.S3Server.Http.Forms;

/// <summary>What a part of a form says of itself.</summary>
/// <param name="Name">The field.</param>
/// <param name="Filename">The file's name as the client gave it, a path perhaps; null where it gave none.</param>
internal readonly record struct FormPart(string Name, string? Filename)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="S3Exception">MalformedPOSTRequest.</exception>
    public static FormPart Parse(ReadOnlySpan<byte> headers)
    {
        string? disposition = null;
        foreach (var line in Text(headers).Split("\r\n"))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0)
            {
                throw new S3Exception(S3Errors.MalformedPOSTRequest);
            }

            var (name, value) = (line[..colon], line[(colon + 1)..].Trim());
            if (name.Equals("Content-Disposition", StringComparison.OrdinalIgnoreCase))
            {
                disposition = disposition is null ? value : throw new S3Exception(S3Errors.MalformedPOSTRequest);
            }
            else if (name.Equals("Content-Transfer-Encoding", StringComparison.OrdinalIgnoreCase)
                && !(value.ToLowerInvariant() is "7bit" or "8bit" or "binary"))
            {
                throw new S3Exception(S3Errors.MalformedPOSTRequest);
            }
        }

        if (disposition is null
            || !HeaderParameters.Value(disposition).Equals("form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderParameters.Find(disposition, "name") is not { Length: > 0 } field)
        {
            throw new S3Exception(S3Errors.MalformedPOSTRequest);
        }

        return new FormPart(field, HeaderParameters.Find(disposition, "filename"));
    }

    /// <summary>"The form and policy must be UTF-8 encoded."</summary>
    /// <exception cref="S3Exception">MalformedPOSTRequest: it is not.</exception>
    public static string Text(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return Utf8.GetString(utf8);
        }
        catch (DecoderFallbackException)
        {
            throw new S3Exception(S3Errors.MalformedPOSTRequest);
        }
    }
}
