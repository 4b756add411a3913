namespace S3Cassandra.S3Server.Hosting.Administration;

/// <summary>What a verb wants done.</summary>
/// <param name="Verb">What follows the program's name: <c>user create</c>.</param>
/// <param name="Parameters">Those of the action.</param>
/// <param name="AccountId">The account in question; null: the store's first.</param>
internal sealed record AdministrationRequest(string Verb, Dictionary<string, string> Parameters, string? AccountId);
