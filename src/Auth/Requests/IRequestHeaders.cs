namespace S3Cassandra.Auth.Requests;

/// <summary>
/// A request's header fields as signatures read them. One entry per distinct name (names compare without regard to case), its values in
/// the order in which the field lines arrived. What the edge implements; nothing here keeps it longer than the request.
/// </summary>
public interface IRequestHeaders
{
    /// <summary>How many distinct names there are.</summary>
    int Count { get; }

    /// <summary>The name of entry <paramref name="index"/>, in any case.</summary>
    string NameAt(int index);

    /// <summary>How many field lines carry that name (at least 1).</summary>
    int ValueCountAt(int index);

    /// <summary>The value of field line <paramref name="line"/> (from 0) of entry <paramref name="index"/>, as sent.</summary>
    string ValueAt(int index, int line);
}
