namespace S3Cassandra.Auth.Sessions;

/// <summary>A tag that a session was given; a transitive one goes on to the sessions that are opened from it.</summary>
public readonly record struct SessionTag(string Key, string Value, bool IsTransitive);
