namespace S3Cassandra.Reliability.Tests.Load;

/// <summary>The server answered what no server may answer.</summary>
public sealed class WrongAnswerException(string message) : Exception(message);
