using System.Globalization;
using System.Xml.Linq;
using S3Cassandra.Auth.Credentials;
using S3Cassandra.Auth.Policies.Evaluation;
using S3Cassandra.S3Server.Operations.Query;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Asks the evaluator that decides requests what it would say, for every action and resource of a simulation.</summary>
internal static class PolicySimulation
{
    private const int MaxResults = 1000;

    /// <exception cref="QueryException">ValidationError, InvalidInput, NotImplemented.</exception>
    public static IReadOnlyList<XElement> Run(
        QueryRequest request, Identity caller, IReadOnlyList<SimulatedPolicy> policies, SimulatedPolicy? boundary)
    {
        if (request.Find("ResourcePolicy") is not null)
        {
            throw new QueryException("NotImplemented", 501, "Simulating with a resource policy is not implemented.");
        }

        var actions = request.Many("ActionNames");
        if (actions.Count == 0)
        {
            throw QueryException.Constraint("actionNames", "not be null");
        }

        foreach (var action in actions.Where(action => !IsAction(action)))
        {
            throw QueryException.Invalid($"Invalid Action: {action}");
        }

        IReadOnlyList<string> resources = request.Many("ResourceArns") is { Count: > 0 } given ? given : ["*"];
        if (actions.Count * resources.Count > MaxResults)
        {
            throw QueryException.Invalid($"A simulation has at most {MaxResults} results.");
        }

        var facts = new SimulationFacts(request, caller);
        var principal = new PrincipalPolicies { Identity = [.. policies.Select(policy => policy.Policy)], Boundary = boundary?.Policy };
        var questions = actions.SelectMany(action => resources.Select(resource => (Action: action, Resource: resource))).ToList();
        return IamPage.Of(
            request,
            "EvaluationResults",
            questions.Index(),
            question => question.Index.ToString("d4", CultureInfo.InvariantCulture),
            question => Result(caller, question.Item.Action, question.Item.Resource, facts, principal, policies, boundary));
    }

    private static XElement Result(
        Identity caller,
        string action,
        string resource,
        SimulationFacts facts,
        PrincipalPolicies principal,
        IReadOnlyList<SimulatedPolicy> policies,
        SimulatedPolicy? boundary)
    {
        var question = new PolicyRequest(caller, action, resource, null, facts);
        var decision = PolicyEvaluator.Decide(question, principal, null);
        var names = policies.Append(boundary).OfType<SimulatedPolicy>().SelectMany(policy => policy.Policy.KeyNames);
        var matched = policies.Where(policy => decision.Reason != PolicyReason.ImplicitDeny && ReasonAlone(question, policy) == decision.Reason);
        return IamDocument.Element(
            "member",
            [
                IamDocument.Element("EvalActionName", action),
                IamDocument.Element("EvalResourceName", resource),
                IamDocument.Element("EvalDecision", Named(decision.Reason)),
                IamDocument.Element("MatchedStatements", [.. matched.Select(Statement)]),
                IamDocument.Element("MissingContextValues", [.. facts.Missing(names).Select(name => IamDocument.Element("member", name))]),
                .. boundary is null ? Array.Empty<XElement>() :
                [
                    IamDocument.Element(
                        "PermissionsBoundaryDecisionDetail",
                        IamDocument.Element(
                            "AllowedByPermissionsBoundary", ReasonAlone(question, boundary) == PolicyReason.Allowed ? "true" : "false")),
                ],
            ]);
    }

    private static PolicyReason ReasonAlone(in PolicyRequest question, SimulatedPolicy policy) =>
        PolicyEvaluator.Decide(question, new PrincipalPolicies { Identity = [policy.Policy] }, null).Reason;

    private static XElement Statement(SimulatedPolicy policy) => IamDocument.Element(
        "member", IamDocument.Element("SourcePolicyId", policy.Source), IamDocument.Element("SourcePolicyType", "IAM Policy"));

    private static string Named(PolicyReason reason) => reason switch
    {
        PolicyReason.Allowed => "allowed",
        PolicyReason.ExplicitDeny => "explicitDeny",
        _ => "implicitDeny",
    };

    private static bool IsAction(string action)
    {
        var colon = action.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && colon < action.Length - 1 && action.Length <= 128 && action.All(character => char.IsAsciiLetterOrDigit(character) || ":-".Contains(character));
    }
}
