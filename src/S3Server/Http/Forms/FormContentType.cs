using S3Cassandra.S3Server.Errors;

namespace S3Cassandra.S3Server.Http.Forms;

/// <summary>The Content-Type of a form: multipart/form-data with its boundary.</summary>
internal static class FormContentType
{
    /// <summary>RFC 2046 has 70; some clients are not that strict.</summary>
    private const int MaxBoundary = 200;

    /// <summary>The boundary.</summary>
    /// <exception cref="S3Exception">PreconditionFailed: it is no form. MalformedPOSTRequest: it has no boundary.</exception>
    public static string BoundaryOf(string? contentType)
    {
        if (contentType is null || !HeaderParameters.Value(contentType).Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            throw new S3Exception(
                S3Errors.PreconditionFailed, null, ("Condition", "Bucket POST must be of the enclosure-type multipart/form-data"));
        }

        var boundary = HeaderParameters.Find(contentType, "boundary");
        return boundary is { Length: > 0 and <= MaxBoundary } && !boundary.AsSpan().ContainsAnyExceptInRange(' ', '~')
            ? boundary
            : throw new S3Exception(S3Errors.MalformedPOSTRequest);
    }
}
