using System.Text.Json.Serialization;

namespace S3Cassandra.S3Server.Hosting.Administration;

/// <summary>How a verb and a server that runs speak: a line of JSON each way.</summary>
[JsonSerializable(typeof(AdministrationRequest))]
[JsonSerializable(typeof(AdministrationAnswer))]
internal sealed partial class AdministrationJson : JsonSerializerContext;
