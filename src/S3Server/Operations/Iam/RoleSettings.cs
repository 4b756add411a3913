using System.Globalization;
using S3Cassandra.S3Server.Operations.Query;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>What requests say of a role beside its policies.</summary>
internal static class RoleSettings
{
    private const int MinSeconds = 3600;
    private const int MaxSeconds = 43_200;
    private const int MaxDescription = 1000;

    /// <summary>MaxSessionDuration; null where it is not given.</summary>
    /// <exception cref="QueryException">ValidationError, MalformedInput.</exception>
    public static int? MaxSession(QueryRequest request)
    {
        if (request.Find("MaxSessionDuration") is not { } text)
        {
            return null;
        }

        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds))
        {
            throw QueryException.MalformedInput();
        }

        return seconds < MinSeconds ? throw QueryException.Constraint("maxSessionDuration", $"have value greater than or equal to {MinSeconds}")
            : seconds > MaxSeconds ? throw QueryException.Constraint("maxSessionDuration", $"have value less than or equal to {MaxSeconds}")
            : seconds;
    }

    /// <summary>Description; null where it is not given.</summary>
    /// <exception cref="QueryException">ValidationError.</exception>
    public static string? Description(QueryRequest request)
    {
        if (request.Find("Description") is not { } text)
        {
            return null;
        }

        if (text.Length > MaxDescription)
        {
            throw QueryException.Constraint("description", $"have length less than or equal to {MaxDescription}");
        }

        return text.All(character => character is '\t' or '\n' or '\r' or (>= ' ' and <= '~') or (>= '\u00A1' and <= '\u00FF'))
            ? text
            : throw QueryException.Constraint(
                "description", @"satisfy regular expression pattern: [\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*");
    }
}
