using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>The name of an account that users may show: it names nothing here, so several accounts may have the same.</summary>
internal static class AccountAliases
{
    /// <exception cref="QueryException">ValidationError.</exception>
    public static string Read(QueryRequest request)
    {
        var alias = request.Get("AccountAlias");
        var isName = alias.Length is >= 3 and <= 63
            && alias.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '-')
            && alias[0] != '-' && alias[^1] != '-' && !alias.Contains("--", StringComparison.Ordinal);
        return isName ? alias : throw QueryException.Constraint("accountAlias", @"satisfy regular expression pattern: ^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$");
    }

    /// <exception cref="QueryException">NoSuchEntity, ServiceFailure.</exception>
    public static async ValueTask ChangeAsync(
        AccountStore accounts, QueryRequest request, Func<AccountRecord, AccountRecord?> change, CancellationToken cancellationToken)
    {
        var outcome = await accounts.ChangeAsync(request.AccountId, change, cancellationToken);
        if (outcome != IdentityOutcome.Changed)
        {
            throw outcome == IdentityOutcome.NotFound
                ? QueryException.Missing($"The account alias {request.Find("AccountAlias")} does not exist.")
                : QueryException.Unsettled();
        }
    }
}
