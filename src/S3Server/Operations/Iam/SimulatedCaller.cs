using S3Cassandra.Auth.Credentials;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Who asks in a simulation: a user, which may be of another account, and need not be there.</summary>
internal sealed class SimulatedCaller(AccountStore accounts)
{
    /// <summary>Of an account that is not there: no canonical id is this.</summary>
    private static readonly string NoCanonicalId = new('0', 64);

    /// <summary>The user that CallerArn names; where it names none, <paramref name="otherwise"/>.</summary>
    /// <exception cref="QueryException">InvalidInput: it is no user's ARN, or a resource policy has nobody to ask about.</exception>
    public async ValueTask<Identity> ReadAsync(QueryRequest request, string otherwise, CancellationToken cancellationToken)
    {
        if (request.Find("CallerArn") is not { } arn)
        {
            return request.Find("ResourcePolicy") is not null && !IsUser(otherwise, out _)
                ? throw QueryException.Invalid("CallerArn is required with a ResourcePolicy, unless PolicySourceArn is a user's.")
                : Identity.Principal(otherwise, request.AccountId, request.Caller.CanonicalId);
        }

        if (!IsUser(arn, out var accountId))
        {
            throw QueryException.Invalid($"Invalid Caller ARN: {arn}");
        }

        var canonicalId = accountId == request.AccountId
            ? request.Caller.CanonicalId
            : (await accounts.FindAsync(accountId, cancellationToken))?.CanonicalId ?? NoCanonicalId;
        return Identity.Principal(arn, accountId, canonicalId);
    }

    private static bool IsUser(string arn, out string accountId)
    {
        var parts = arn.Split(':', 6);
        accountId = parts.Length == 6 ? parts[4] : "";
        return parts is ["arn", "aws", "iam", "", _, var resource] && Account.IsAccountId(accountId)
            && resource.StartsWith("user/", StringComparison.Ordinal) && !resource.EndsWith('/');
    }
}
