using System.Collections.Concurrent;
using Ledger.Client.Records;
using Ledger.Node.Sealing;

namespace Ledger.Node.Records;

/// <summary>
/// What a record store needs of the persons' keys: digests to find rows by, and the sealing of what rows hold. Used
/// from any thread; keys are retired and erased under the lock of the store's writer.
/// </summary>
/// <param name="keys">The keys.</param>
/// <param name="logger">Is told of rows that are damaged.</param>
internal sealed class StoreSeals(PersonKeys keys, ILogger logger)
{
    /// <summary>Damaged rows that are told of; a disk that has lost more than these is told of well enough.</summary>
    private const int ToldMax = 1_000;

    private readonly ConcurrentDictionary<string, bool> told = new(StringComparer.Ordinal);
    private int epoch;

    /// <summary>
    /// Raised with the digest of a person, of the kind <see cref="SearchKind.ListedActor"/>, when keys of theirs are
    /// retired, and when these are erased: what is remembered of them in clear is forgotten. Under the writer's lock.
    /// </summary>
    public event Action<SearchKey>? Going;

    /// <summary>
    /// Rises when keys are retired or erased: what was sealed before, and is not stored yet, is sealed again.
    /// </summary>
    public int Epoch => Volatile.Read(ref epoch);

    /// <summary>The random id of the file of keys, 16 bytes.</summary>
    public byte[] FileId => new SearchKey(keys.FileId).ToArray();

    /// <summary>The key under which a text of a kind is found.</summary>
    public SearchKey KeyOf(SearchKind kind, string text) => new(keys.Digest((byte)kind, text));

    /// <summary>The key under which a term is found.</summary>
    public SearchKey KeyOf(SearchTerm term) => KeyOf(term.Kind, term.Text);

    /// <summary>The key under which a record's id is found.</summary>
    public SearchKey KeyOfId(RecordType type, string id) => KeyOf(
        type switch
        {
            RecordType.XapiStatement => SearchKind.StatementId,
            RecordType.CaliperEvent => SearchKind.EventId,
            _ => throw new ArgumentOutOfRangeException(nameof(type)),
        },
        id);

    /// <summary>What a statement is found by; each once.</summary>
    public SearchKey[] KeysOf(StatementFacts facts, string authority) =>
        [.. facts.Terms.Append(new SearchTerm(SearchKind.Authority, authority)).Select(KeyOf)];

    /// <summary>The key of the statement that a statement refers to; null where it refers to none.</summary>
    public SearchKey? TargetOf(StatementFacts facts) =>
        facts.Target is { } target ? KeyOf(SearchKind.StatementId, target) : null;

    /// <summary>Sees to it that each of these persons has a key, on disk.</summary>
    public void Prepare(IReadOnlyCollection<string> persons) => keys.Prepare(persons);

    /// <summary>Seals content under a person's key, for a row.</summary>
    public byte[] Seal(string person, ReadOnlySpan<byte> context, ReadOnlySpan<byte> content) =>
        keys.Seal(person, context, content);

    /// <summary>
    /// Opens what was sealed for a row; throws <see cref="SealDamagedException"/> where it is not what was sealed.
    /// </summary>
    public OpenedContent Open(ReadOnlySpan<byte> context, ReadOnlySpan<byte> value) => keys.Open(context, value);

    /// <summary>
    /// The same for who reads many rows and goes on at one that is not what was sealed: null then, and the log has it,
    /// once for each row.
    /// </summary>
    public OpenedContent? OpenUnlessDamaged(ReadOnlySpan<byte> context, ReadOnlySpan<byte> value)
    {
        try
        {
            return keys.Open(context, value);
        }
        catch (SealDamagedException problem)
        {
            Tell(problem);
            return null;
        }
    }

    /// <summary>Tells the log that a row is passed over, once for each row.</summary>
    public void Tell(SealDamagedException problem)
    {
        if (told.Count < ToldMax && told.TryAdd(problem.Message, true))
        {
            logger.LogError("a row of the record store is passed over: {Message}", problem.Message);
        }
    }

    /// <summary>Says that a person's keys were retired or erased.</summary>
    public void TellGoing(SearchKey person) => Going?.Invoke(person);

    /// <summary>The same for who goes on without what does not open.</summary>
    public OpenedContent OpenOrPass(ReadOnlySpan<byte> context, ReadOnlySpan<byte> value) =>
        keys.OpenOrPass(context, value);

    /// <summary>The id of the key that opens a value; null of an empty one.</summary>
    public static long? KeyIdOf(ReadOnlySpan<byte> value) => SealedValue.TryKeyId(value, out long id) ? id : null;

    /// <summary>Lets the keys of a person seal nothing more; the ids of all of them.</summary>
    public IReadOnlyList<long> Retire(string person)
    {
        IReadOnlyList<long> ids = keys.Retire([person]);
        Interlocked.Increment(ref epoch);
        return ids;
    }

    /// <summary>Those of these keys that are there and seal nothing more.</summary>
    public IReadOnlySet<long> Retired(IEnumerable<long> ids) => keys.Retired(ids);

    /// <summary>Whether a key was erased, or is about to be.</summary>
    public bool IsErased(long id) => keys.IsErased(id);

    /// <summary>Erases keys; false where it must be done again, for the file may hold their bytes.</summary>
    public bool Erase(IReadOnlyCollection<long> ids)
    {
        bool isDone = keys.EraseIds(ids);
        Interlocked.Increment(ref epoch);
        return isDone;
    }
}
