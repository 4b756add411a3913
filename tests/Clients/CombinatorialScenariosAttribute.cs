using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace S3Cassandra.Clients;

/// <summary>Each scenario directly and through the proxy.</summary>
internal sealed class CombinatorialScenariosAttribute(params string[] scenarios) : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([.. scenarios.SelectMany(scenario => new[] { new TheoryDataRow(scenario, false), new TheoryDataRow(scenario, true) })]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
