using S3Cassandra.Auth.Policies.Conditions;
using S3Cassandra.Auth.Policies.Evaluation;
using S3Cassandra.Auth.Policies.Patterns;
using S3Cassandra.Auth.Policies.Principals;

namespace S3Cassandra.Auth.Policies.Language;

/// <summary>A statement, compiled.</summary>
public sealed class PolicyStatement
{
    private readonly TextPattern[] _actions;
    private readonly bool _isNotAction;
    private readonly TextPattern[]? _resources;
    private readonly bool _isNotResource;
    private readonly ConditionClause[] _conditions;

    internal PolicyStatement(
        StatementDraft draft, PolicyEffect effect, PrincipalList? principals, TextPattern[] actions, TextPattern[]? resources, ConditionClause[] conditions)
    {
        Sid = draft.Sid;
        Effect = effect;
        Principals = principals;
        _actions = actions;
        _isNotAction = draft.IsNotAction;
        _resources = resources;
        _isNotResource = draft.IsNotResource;
        _conditions = conditions;
    }

    public string? Sid { get; }

    public PolicyEffect Effect { get; }

    /// <summary>Whom it is about; null in policies that are attached to somebody.</summary>
    public PrincipalList? Principals { get; }

    internal IReadOnlyList<ConditionClause> Conditions => _conditions;

    /// <summary>Every key that its conditions and variables ask for.</summary>
    internal IEnumerable<ConditionKey> Keys =>
        [
            .. _conditions.Select(condition => condition.Key),
            .. _conditions.SelectMany(condition => condition.Matchers).SelectMany(matcher => matcher.Variables),
            .. (_resources ?? []).SelectMany(resource => resource.Variables),
        ];

    /// <summary>Whether it is about the action, the resource and the circumstances of a request; who asks is not looked at.</summary>
    internal bool AppliesTo(in PolicyRequest request) =>
        IsAboutAction(request) && IsAboutResource(request) && HoldsUnder(request.Facts);

    private bool IsAboutAction(in PolicyRequest request)
    {
        foreach (var pattern in _actions)
        {
            if (pattern.Match(request.Action, request.Facts) == PatternMatch.Yes)
            {
                return !_isNotAction;
            }
        }

        return _isNotAction;
    }

    private bool IsAboutResource(in PolicyRequest request)
    {
        if (_resources is null)
        {
            return true;
        }

        var isUnresolved = false;
        foreach (var pattern in _resources)
        {
            switch (pattern.Match(request.Resource, request.Facts))
            {
                case PatternMatch.Yes:
                    return !_isNotResource;
                case PatternMatch.Unresolved:
                    isUnresolved = true;
                    break;
            }
        }

        // "All but what I cannot name" allows nothing and denies all.
        return _isNotResource && (!isUnresolved || Effect == PolicyEffect.Deny);
    }

    private bool HoldsUnder(IConditionFacts facts)
    {
        foreach (var condition in _conditions)
        {
            if (!condition.Holds(facts, unresolved: Effect == PolicyEffect.Deny))
            {
                return false;
            }
        }

        return true;
    }
}
