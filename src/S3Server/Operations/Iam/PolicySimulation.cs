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

    /// <exception cref="QueryException">ValidationError, InvalidInput.</exception>
    public static IReadOnlyList<XElement> Run(
        QueryRequest request, Identity caller, IReadOnlyList<SimulatedPolicy> policies, SimulatedPolicy? boundary)
    {
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

        var simulation = new Simulation(
            caller, policies, boundary, SimulatedResourcePolicy.Read(request, resources), new SimulationFacts(request, caller));
        var questions = actions.SelectMany(action => resources.Select(resource => (Action: action, Resource: resource))).ToList();
        return IamPage.Of(
            request,
            "EvaluationResults",
            questions.Index(),
            question => question.Index.ToString("d4", CultureInfo.InvariantCulture),
            question => Result(simulation, question.Item.Action, question.Item.Resource));
    }

    private static XElement Result(Simulation simulation, string action, string resource)
    {
        var question = simulation.Question(action, resource);
        var decision = simulation.Decide(question);
        return IamDocument.Element(
            "member",
            [
                IamDocument.Element("EvalActionName", action),
                IamDocument.Element("EvalResourceName", resource),
                IamDocument.Element("EvalDecision", Named(decision.Reason)),
                IamDocument.Element("MatchedStatements", [.. Matched(simulation, question, decision)]),
                IamDocument.Element("MissingContextValues", [.. simulation.Facts.Missing(simulation.KeyNames).Select(name => IamDocument.Element("member", name))]),
                .. resource == "*" ? Array.Empty<XElement>() : [IamDocument.Element("EvalDecisionDetails", [.. Details(simulation, question)])],
                .. simulation.Boundary is not { } boundary ? Array.Empty<XElement>() :
                [
                    IamDocument.Element(
                        "PermissionsBoundaryDecisionDetail",
                        IamDocument.Element(
                            "AllowedByPermissionsBoundary", Simulation.Ask(question, boundary) == PolicyReason.Allowed ? "true" : "false")),
                ],
            ]);
    }

    /// <summary>The policies whose statements say what was decided.</summary>
    private static IEnumerable<XElement> Matched(Simulation simulation, PolicyRequest question, PolicyDecision decision)
    {
        if (decision.Reason == PolicyReason.ImplicitDeny)
        {
            yield break;
        }

        foreach (var policy in simulation.Policies.Where(policy => Simulation.Ask(question, policy) == decision.Reason))
        {
            yield return Statement(policy.Source, "IAM Policy");
        }

        if (simulation.AskResources(question) == decision.Reason)
        {
            yield return Statement("ResourcePolicy", "Resource Policy");
        }
    }

    /// <summary>Across accounts: what each side says. Within one there is nothing to tell.</summary>
    private static IEnumerable<XElement> Details(Simulation simulation, PolicyRequest question) => !simulation.IsCrossAccount
        ? []
        : [Detail("IAM Policy", simulation.AskCallers(question)), Detail("Resource Policy", simulation.AskResources(question))];

    private static XElement Detail(string source, PolicyReason reason) =>
        IamDocument.Element("entry", IamDocument.Element("key", source), IamDocument.Element("value", Named(reason)));

    private static XElement Statement(string source, string type) =>
        IamDocument.Element("member", IamDocument.Element("SourcePolicyId", source), IamDocument.Element("SourcePolicyType", type));

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
