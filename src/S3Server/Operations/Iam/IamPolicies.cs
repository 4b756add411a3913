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
            throw QueryException.Constraint(member, arn.Length < MinArn ? $"have length greater than or equal to {MinArn}" : $"have length less than or equal to {MaxArn}");
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

    /// <summary>What permissions on the policy that a request names are about.</summary>
    public async ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var arn = Arn(request);
        var parsed = ManagedPolicyArn.Parse(arn)!.Value;
        var policy = parsed.AccountId == request.AccountId
            ? await identities.Policies.FindAsync(parsed.AccountId, parsed.Name, cancellationToken)
            : null;
        return policy is not null && policy.Arn() == arn ? new QueryTarget(arn) { ResourceTags = policy.Tags } : new QueryTarget(arn);
    }

    /// <summary>The ARN in a request that changes a policy: AWS's own do not change, and others' are not for this account to change.</summary>
    /// <exception cref="QueryException">ValidationError, InvalidInput, AccessDenied.</exception>
    public static string OwnArn(QueryRequest request)
    {
        var arn = Arn(request);
        return ManagedPolicyArn.Parse(arn)?.AccountId == request.AccountId
            ? arn
            : throw QueryException.AccessDenied("Policy is outside your own account.");
    }

    /// <summary>Changes the policy that a request names; null means that <paramref name="nothing"/> is what there is not.</summary>
    /// <exception cref="QueryException">NoSuchEntity, ServiceFailure, and as <see cref="OwnArn"/>.</exception>
    public async ValueTask ChangeAsync(
        QueryRequest request, Func<ManagedPolicyRecord, ManagedPolicyRecord?> change, string nothing, CancellationToken cancellationToken)
    {
        var arn = OwnArn(request);
        var policy = await GetAsync(request, arn, cancellationToken);
        await IamChanges.ApplyAsync(
            identities.Policies,
            request.AccountId,
            policy.Name,
            now => now.Id == policy.Id ? change(now) : throw Missing(arn),
            Missing(arn),
            nothing,
            cancellationToken);
    }

    /// <summary>The version that a request names: v1, v2 and so on.</summary>
    /// <exception cref="QueryException">ValidationError.</exception>
    public static string VersionId(QueryRequest request)
    {
        var id = request.Get("VersionId");
        return id.Length > 1 && id[0] == 'v' && id[1] is >= '1' and <= '9' && id.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0
            ? id
            : throw QueryException.Constraint("versionId", @"satisfy regular expression pattern: v[1-9][0-9]*(\.[A-Za-z0-9-]*)?");
    }

    /// <exception cref="QueryException">NoSuchEntity.</exception>
    public static PolicyVersion VersionOf(ManagedPolicyRecord policy, string id) =>
        policy.Versions.FirstOrDefault(version => PolicyElements.VersionId(version.Number) == id)
        ?? throw QueryException.Missing($"Policy {policy.Arn()} version {id} does not exist or is not attachable.");

    public static QueryException Missing(string arn) => QueryException.Missing($"Policy {arn} does not exist or is not attachable.");
}
