using S3Cassandra.Auth.Policies.Actions;
using S3Cassandra.Auth.Policies.Conditions;
using S3Cassandra.Auth.Policies.Patterns;

namespace S3Cassandra.Auth.Policies.Language;

/// <summary>What S3 asks of a statement in a bucket's policy: S3's actions, on that bucket and its objects, each on what it applies to.</summary>
internal static class BucketPolicyRules
{
    private const string ArnPrefix = "arn:aws:s3:::";

    /// <exception cref="MalformedPolicyException">It breaks a rule; conditions break one only while the policy is new.</exception>
    public static void Check(StatementDraft draft, string bucket, bool isNew)
    {
        if (draft.Principals is null)
        {
            throw new MalformedPolicyException(PolicyFault.MissingField, "Principal");
        }

        var actions = draft.Actions ?? throw new MalformedPolicyException(PolicyFault.MissingField, "Action");
        var resources = draft.Resources ?? throw new MalformedPolicyException(PolicyFault.MissingField, "Resource");
        var scopes = new S3ActionScope[actions.Count];
        for (var index = 0; index < scopes.Length; index++)
        {
            scopes[index] = S3ActionTable.ScopesOf(actions[index]);
            if ((scopes[index] & (S3ActionScope.Bucket | S3ActionScope.Object)) == 0)
            {
                throw new MalformedPolicyException(PolicyFault.InvalidAction);
            }
        }

        var covered = (S3ActionScope)0;
        foreach (var resource in resources)
        {
            covered |= ScopeOf(resource, bucket);
        }

        if (isNew)
        {
            CheckConditions(draft, actions);
        }

        if (!draft.IsNotAction && !draft.IsNotResource && scopes.Any(scope => (scope & covered) == 0))
        {
            throw new MalformedPolicyException(PolicyFault.ActionResourceMismatch);
        }
    }

    /// <summary>
    /// Every action that is named without wildcards has to know every key, or the condition could never hold for it; and an address is one under
    /// whichever operator.
    /// </summary>
    private static void CheckConditions(StatementDraft draft, List<string> actions)
    {
        foreach (var (name, keyName, values) in draft.Conditions)
        {
            if (ConditionOperator.Parse(name) is null || ConditionKey.Parse(keyName) is not { } key)
            {
                // The compiler says what is wrong with these.
                continue;
            }

            if (!draft.IsNotAction && actions.Any(action => !action.AsSpan().ContainsAny('*', '?') && !ConditionKeyActions.Has(action, key.Id)))
            {
                throw new MalformedPolicyException(PolicyFault.ConditionActionMismatch);
            }

            if (key.Id == ConditionKeyId.SourceIp && values.FirstOrDefault(value => AddressMatcher.Parse(value) is null) is { } wrong)
            {
                throw new MalformedPolicyException(PolicyFault.InvalidConditionAddress, wrong);
            }
        }
    }

    /// <summary>Whether a resource means the bucket, objects in it, or both; it must mean this bucket.</summary>
    private static S3ActionScope ScopeOf(string resource, string bucket)
    {
        if (!resource.StartsWith(ArnPrefix, StringComparison.Ordinal))
        {
            throw new MalformedPolicyException(PolicyFault.InvalidResource);
        }

        var rest = resource[ArnPrefix.Length..];
        var slash = rest.IndexOf('/');
        var name = slash < 0 ? rest : rest[..slash];
        if (TextPattern.Parse(name, PatternSyntax.Wildcards)!.Match(bucket, NoFacts.Instance) != PatternMatch.Yes)
        {
            throw new MalformedPolicyException(PolicyFault.InvalidResource);
        }

        return slash >= 0 ? S3ActionScope.Object : name.EndsWith('*') ? S3ActionScope.Bucket | S3ActionScope.Object : S3ActionScope.Bucket;
    }
}
