using S3Cassandra.Auth.Policies.Conditions;
using S3Cassandra.Auth.Policies.Patterns;
using S3Cassandra.Auth.Policies.Principals;

namespace S3Cassandra.Auth.Policies.Language;

/// <summary>Parses a policy's JSON, checks it by the rules of its kind and compiles it. The text comes from anybody: everything is bounded.</summary>
public static class PolicyParser
{
    private const string Version2012 = "2012-10-17";
    private const string Version2008 = "2008-10-17";

    /// <summary>The policy of a bucket: what it says may be about that bucket only.</summary>
    public static PolicyParse ParseBucketPolicy(ReadOnlySpan<byte> utf8, string bucket) => Parse(utf8, PolicyKind.Bucket, bucket, isNew: true);

    /// <summary>A bucket's policy as it was put, perhaps before conditions were looked at as closely as today: it goes on to mean what it did.</summary>
    public static PolicyParse ParseStoredBucketPolicy(ReadOnlySpan<byte> utf8, string bucket) => Parse(utf8, PolicyKind.Bucket, bucket, isNew: false);

    /// <summary>A policy of any other kind.</summary>
    public static PolicyParse Parse(ReadOnlySpan<byte> utf8, PolicyKind kind)
    {
        ArgumentOutOfRangeException.ThrowIfEqual((int)kind, (int)PolicyKind.Bucket);
        return Parse(utf8, kind, "", isNew: true);
    }

    private static PolicyParse Parse(ReadOnlySpan<byte> utf8, PolicyKind kind, string bucket, bool isNew)
    {
        try
        {
            return new PolicyParse(Compile(PolicyReader.Read(utf8), kind, bucket, isNew), null);
        }
        catch (MalformedPolicyException malformed)
        {
            return new PolicyParse(null, PolicyFaultMessages.Describe(malformed.Fault, malformed.Detail, kind));
        }
    }

    private static Policy Compile(PolicyDraft draft, PolicyKind kind, string bucket, bool isNew)
    {
        if (draft.Version is not (null or Version2008 or Version2012))
        {
            throw new MalformedPolicyException(PolicyFault.InvalidVersion);
        }

        if (draft.Statements is null)
        {
            throw new MalformedPolicyException(PolicyFault.MissingStatement);
        }

        if (draft.Statements.Count == 0)
        {
            throw new MalformedPolicyException(PolicyFault.EmptyStatement);
        }

        var hasVariables = draft.Version == Version2012;
        var statements = new List<PolicyStatement>(draft.Statements.Count);
        foreach (var statement in draft.Statements)
        {
            statements.Add(Compile(statement, kind, bucket, isNew, hasVariables));
        }

        if (kind != PolicyKind.Bucket)
        {
            IamPolicyRules.CheckSids(draft.Statements);
        }

        return new Policy(draft.Version ?? Version2008, draft.Id, statements);
    }

    private static PolicyStatement Compile(StatementDraft draft, PolicyKind kind, string bucket, bool isNew, bool hasVariables)
    {
        var effect = draft.Effect switch
        {
            "Allow" => PolicyEffect.Allow,
            "Deny" => PolicyEffect.Deny,
            null => throw new MalformedPolicyException(PolicyFault.MissingField, "Effect"),
            var other => throw new MalformedPolicyException(PolicyFault.InvalidEffect, other),
        };
        if (kind == PolicyKind.Bucket)
        {
            BucketPolicyRules.Check(draft, bucket, isNew);
        }
        else
        {
            IamPolicyRules.Check(draft, kind);
            if (draft.BarePrincipals is { } malformed)
            {
                throw malformed;
            }
        }

        if (draft.IsNotPrincipal && effect == PolicyEffect.Allow)
        {
            throw new MalformedPolicyException(PolicyFault.NotPrincipalWithAllow);
        }

        var principals = draft.Principals is { } named ? new PrincipalList([.. named.Select(CompilePrincipal)], draft.IsNotPrincipal) : null;
        return new PolicyStatement(
            draft,
            effect,
            principals,
            [.. draft.Actions!.Select(action => TextPattern.Parse(action, PatternSyntax.Wildcards, ignoreCase: true)!)],
            draft.Resources?.Select(resource => CompileResource(resource, hasVariables)).ToArray(),
            [.. draft.Conditions.Select(condition => CompileCondition(condition.Operator, condition.Key, condition.Values, kind, hasVariables))]);
    }

    private static PrincipalEntry CompilePrincipal((string Type, string Value) principal) =>
        PrincipalEntry.Parse(principal.Type, principal.Value)
        ?? throw new MalformedPolicyException(PolicyFault.InvalidPrincipal, $"\"{principal.Type}\":\"{principal.Value}\"");

    private static TextPattern CompileResource(string resource, bool hasVariables) =>
        TextPattern.Parse(resource, hasVariables ? PatternSyntax.Wildcards | PatternSyntax.Variables : PatternSyntax.Wildcards)
        ?? throw new MalformedPolicyException(PolicyFault.InvalidResource, resource);

    private static ConditionClause CompileCondition(string name, string keyName, List<string> values, PolicyKind kind, bool hasVariables)
    {
        var @operator = ConditionOperator.Parse(name) ?? throw new MalformedPolicyException(PolicyFault.InvalidConditionOperator, name);
        var key = ConditionKey.Parse(keyName);
        if (key is null || (kind == PolicyKind.Bucket && key.Id == ConditionKeyId.Other && !ConditionKeyTable.IsForeign(keyName)))
        {
            throw new MalformedPolicyException(PolicyFault.InvalidConditionKey, keyName);
        }

        var matchers = new ConditionMatcher[values.Count];
        for (var index = 0; index < matchers.Length; index++)
        {
            matchers[index] = ConditionMatchers.Create(@operator.Comparison, values[index], hasVariables)
                ?? throw new MalformedPolicyException(PolicyFault.InvalidConditionValue, values[index]);
        }

        return new ConditionClause(@operator, key, matchers);
    }
}
