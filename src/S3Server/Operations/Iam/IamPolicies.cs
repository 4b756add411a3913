using S3Cassandra.S3Server.Identities;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Managed policies as the actions of the IAM API need them: there, or the error that says so; the account's own, or AWS's.</summary>
internal sealed class IamPolicies(IdentityStore identities)
{
    private const int MinArn = 20;
    private const int MaxArn = 2048;

    /// <summary>The ARN in a parameter.</summary>
    /// <exception cref="QueryException">ValidationError, InvalidInput.</exception>
    public static string Arn(QueryRequest request, string parameter = "PolicyArn")
    {
        var arn = request.Get(parameter);
        if (arn.Length is < MinArn or > MaxArn)
        {
            var member = char.ToLowerInvariant(parameter[0]) + parameter[1..];
            throw QueryException.Constraint(
                arn, member, arn.Length < MinArn ? $"have length greater than or equal to {MinArn}" : $"have length less than or equal to {MaxArn}");
        }

        return ManagedPolicyArn.Parse(arn) is null ? throw QueryException.Invalid($"ARN {arn} is not valid.") : arn;
    }

    /// <exception cref="QueryException">NoSuchEntity.</exception>
    public async ValueTask<ManagedPolicyRecord> GetAsync(QueryRequest request, string arn, CancellationToken cancellationToken)
    {
        var parsed = ManagedPolicyArn.Parse(arn) ?? throw QueryException.Invalid($"ARN {arn} is not valid.");
        var policy = parsed.IsAwsManaged ? AwsManagedPolicies.Find(arn)
            : parsed.AccountId != request.AccountId ? null
            : await identities.Policies.FindAsync(parsed.AccountId, parsed.Name, cancellationToken) is { } found && found.Arn() == arn ? found
            : null;
        return policy ?? throw Missing(arn);
    }

    /// <summary>The policy to bind something to.</summary>
    /// <exception cref="QueryException">NoSuchEntity, InvalidInput.</exception>
    public async ValueTask<PolicyReference> ReferenceAsync(QueryRequest request, string arn, CancellationToken cancellationToken)
    {
        var policy = await GetAsync(request, arn, cancellationToken);
        return new PolicyReference(arn, policy.Id);
    }

    /// <summary>The policy that is to be a boundary.</summary>
    /// <exception cref="QueryException">NoSuchEntity, InvalidInput.</exception>
    public async ValueTask<PolicyReference> BoundaryAsync(QueryRequest request, string arn, CancellationToken cancellationToken)
    {
        if (ManagedPolicyArn.Parse(arn) is null)
        {
            throw QueryException.Invalid($"ARN {arn} is not valid.");
        }

        try
        {
            return await ReferenceAsync(request, arn, cancellationToken);
        }
        catch (QueryException missing) when (missing.Status == 404)
        {
            throw QueryException.Missing($"Scope ARN: {arn} does not exist or is not attachable.");
        }
    }

    public static QueryException Missing(string arn) => QueryException.Missing($"Policy {arn} does not exist or is not attachable.");
}
