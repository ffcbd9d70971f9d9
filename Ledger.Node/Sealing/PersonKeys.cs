using System.Security.Cryptography;
using Ledger.Primitives;

namespace Ledger.Node.Sealing;

/// <summary>
/// The keys under which a node keeps what belongs to persons: one for each account or learner, and one for what belongs
/// to nobody alone. Erasing a key erases, in every copy of every file, what it sealed. Keys rest wrapped in a file of
/// their own, apart from what they open; those of the moment are in memory. Used from any thread.
/// </summary>
public sealed class PersonKeys : IDisposable
{
    /// <summary>Name of the file within the node's folder.</summary>
    public const string FileName = "record-keys.sqlite";

    /// <summary>The store's own key: what belongs to no one person.</summary>
    public const string Store = "";

    /// <summary>
    /// Keys in memory at the usual: the learners of a busy day, at about a kilobyte for each cipher that is ready.
    /// </summary>
    public const int CacheUsual = 16_384;

    private readonly Lock fileGate = new();
    private readonly RecordsKey key;
    private readonly PersonKeyFile file;
    private readonly RecentKeys recent;
    private readonly KeyFinder finder;
    private readonly KeyMaker maker;
    private volatile IErasedKeys erased = new RememberedErasures();

    /// <summary>Opens the file, or makes it; finishes an erasure that was broken off.</summary>
    /// <param name="path">The file.</param>
    /// <param name="key">The institution's secret, for as long as this is used.</param>
    /// <param name="cacheMax">Keys in memory at most.</param>
    /// <exception cref="SealingKeysException">The file belongs to another secret.</exception>
    public PersonKeys(string path, RecordsKey key, int cacheMax = CacheUsual)
    {
        this.key = key;
        recent = new RecentKeys(cacheMax);
        file = new PersonKeyFile(path, key);
        finder = new KeyFinder(file, recent, IsErased);
        maker = new KeyMaker(file, fileGate, key, recent);
        Prepare([Store]);
        Scrub();
    }

    /// <summary>The random id of the file: what is sealed under its keys remembers it.</summary>
    public UInt128 FileId => file.FileId;

    /// <summary>What did not open since the start, though nobody has erased its key.</summary>
    public UnreadableValues Unreadable { get; } = new();

    /// <summary>How many keys there are.</summary>
    public long Count
    {
        get
        {
            lock (fileGate)
            {
                return file.Count;
            }
        }
    }

    /// <summary>
    /// Whether the file that is open lies where it belongs: one that was moved away or written over takes the keys of
    /// everybody who comes with it.
    /// </summary>
    public bool IsInPlace
    {
        get
        {
            lock (fileGate)
            {
                return file.IsInPlace;
            }
        }
    }

    /// <summary>How a learner is named who is known by the address on the ledger.</summary>
    public static string Learner(Address learner) => Named("learner", learner.ToString());

    /// <summary>
    /// How somebody, or something that has a key of its own, is named who is no account of the record store: accounts
    /// hold no line break, so that none shares a key with these.
    /// </summary>
    public static string Named(string kind, string name) => $"\n{kind}\n{name}";

    /// <summary>
    /// Erases again what a list names, which an older copy of this file may have, and from now on lists what is erased
    /// before it is.
    /// </summary>
    public void Follow(IErasedKeys list)
    {
        if (erased is RememberedErasures before)
        {
            list.NoteKeys(before.ErasedKeys());
        }

        erased = list;
        long[] left;
        lock (fileGate)
        {
            left = [.. list.ErasedKeys().Where(file.Has)];
        }

        EraseIds(left);
    }

    /// <summary>Requires that what was sealed under the keys of a file was sealed under those of this one.</summary>
    /// <param name="fileId">The file's id, as it was remembered.</param>
    /// <param name="what">What was sealed, for the text.</param>
    /// <exception cref="SealingKeysException">It is another file.</exception>
    public void Require(UInt128 fileId, string what)
    {
        if (fileId != FileId)
        {
            throw new SealingKeysException(
                $"{what} is sealed under the keys of file {PersonKeyFile.NameOf(fileId)}, and {file.Path} is file "
                + $"{PersonKeyFile.NameOf(FileId)}: the keys were lost or are another node's. Put back their backup: "
                + "ledger-node keys restore. Nothing was changed.");
        }
    }

    /// <summary>
    /// Gives a key to each of these persons who has none, all in one transaction. On return the keys are on disk:
    /// nothing is ever sealed under a key that a power cut takes.
    /// </summary>
    public void Prepare(IReadOnlyCollection<string> persons)
    {
        string[] unknown = recent.Unknown(persons);
        if (unknown.Length > 0)
        {
            maker.Make(unknown);
        }
    }

    /// <summary>
    /// Seals content under a person's key. Who has none gets one first, which costs a synced transaction: prepare many
    /// at once.
    /// </summary>
    /// <param name="person">Whose it is.</param>
    /// <param name="context">Which table and row: in no other one does it open.</param>
    /// <param name="content">What is sealed.</param>
    public byte[] Seal(string person, ReadOnlySpan<byte> context, ReadOnlySpan<byte> content)
    {
        byte[] value = new byte[SealedValue.Overhead + content.Length];
        while (true)
        {
            // A key may be dropped from memory, or erased, between the two steps: then it is looked for again.
            long id = IdOf(person);
            if (finder.Find(id) is { } found && SealedValue.TryWrite(value, id, found, context, content))
            {
                return value;
            }
        }
    }

    /// <summary>Opens what was sealed for this context, or says that its key was erased.</summary>
    /// <exception cref="SealDamagedException">
    /// It is not what was sealed for this context, or its key is lost, which is not the same as erased.
    /// </exception>
    public OpenedContent Open(ReadOnlySpan<byte> context, ReadOnlySpan<byte> value)
    {
        try
        {
            return finder.Open(context, value);
        }
        catch (SealDamagedException problem) when (problem.LostKey is not null)
        {
            Unreadable.Note(problem);
            throw;
        }
    }

    /// <summary>
    /// The same for who goes on without what does not open: it stays where it is, and is told as
    /// <see cref="Unreadable"/>.
    /// </summary>
    public OpenedContent OpenOrPass(ReadOnlySpan<byte> context, ReadOnlySpan<byte> value)
    {
        try
        {
            return finder.Open(context, value);
        }
        catch (SealDamagedException problem)
        {
            Unreadable.Note(problem);
            return OpenedContent.Unreadable(problem);
        }
    }

    /// <summary>Whether a key is there and opens; one that is lost is told as <see cref="Unreadable"/>.</summary>
    public bool Has(long id)
    {
        try
        {
            return finder.Wanted(id) is not null;
        }
        catch (SealDamagedException problem)
        {
            Unreadable.Note(problem);
            return false;
        }
    }

    /// <summary>Whether bytes look like a sealed value: where plain ones stood, no text begins so.</summary>
    public static bool IsSealed(ReadOnlySpan<byte> value) => SealedValue.TryKeyId(value, out _);

    /// <summary>The id of the key under which a value is sealed: persons who share none share no key.</summary>
    public static long KeyIdOf(ReadOnlySpan<byte> value)
    {
        bool isSealed = SealedValue.TryKeyId(value, out long id);
        Invariant.That(isSealed);
        return id;
    }

    /// <summary>
    /// Erases all keys of these persons: deletes them, synced, then writes the file anew. False where somebody reads
    /// the file meanwhile, so that it must be <see cref="Scrub">written anew</see> again.
    /// </summary>
    public bool Erase(IEnumerable<string> persons)
    {
        lock (fileGate)
        {
            Delete([.. persons.SelectMany(IdsOfPerson)]);
            return !file.IsUnscrubbed || file.Scrub();
        }
    }

    /// <summary>
    /// Deletes all keys of these persons, synced, and leaves their bytes to the next <see cref="Scrub"/>: for what goes
    /// one by one and often.
    /// </summary>
    public void EraseSoon(IEnumerable<string> persons)
    {
        lock (fileGate)
        {
            Delete([.. persons.SelectMany(IdsOfPerson)]);
        }
    }

    /// <summary>
    /// Deletes those keys of these persons that were retired, as <see cref="EraseSoon"/> does: nothing that is to stay
    /// is sealed under them any more.
    /// </summary>
    public void EraseRetired(IEnumerable<string> persons)
    {
        lock (fileGate)
        {
            Delete([.. persons.SelectMany(IdsOfPerson).Where(file.IsRetired)]);
        }
    }

    /// <summary>
    /// Erases keys by their ids, as <see cref="Erase"/> does; ids of which there is none are passed over.
    /// </summary>
    public bool EraseIds(IReadOnlyCollection<long> ids)
    {
        lock (fileGate)
        {
            Delete(ids);
            return !file.IsUnscrubbed || file.Scrub();
        }
    }

    /// <summary>Deletes keys by their ids, as <see cref="EraseSoon"/> does.</summary>
    public void EraseIdsSoon(IReadOnlyCollection<long> ids)
    {
        lock (fileGate)
        {
            Delete(ids);
        }
    }

    /// <summary>Whether a key was erased, or is about to be: it is on the list.</summary>
    public bool IsErased(long id) => erased.HasKey(id);

    /// <summary>
    /// Those of these keys that are there and seal nothing more. What a database elsewhere names as condemned is taken
    /// at its word for these alone: whoever writes to it erases nobody whose key was not retired here.
    /// </summary>
    public IReadOnlySet<long> Retired(IEnumerable<long> ids)
    {
        lock (fileGate)
        {
            return ids.Where(file.IsRetired).ToHashSet();
        }
    }

    /// <summary>
    /// Lets the keys of these persons seal nothing more, synced, and returns their ids, those of keys that were retired
    /// before too: what comes from now on gets other keys, and does not go with these.
    /// </summary>
    public IReadOnlyList<long> Retire(IEnumerable<string> persons)
    {
        lock (fileGate)
        {
            string[] retired = [.. persons];
            long[] ids = [.. retired.SelectMany(IdsOfPerson)];
            file.Retire(retired.Select(key.PersonDigest));
            recent.ForgetPersons();
            return ids;
        }
    }

    /// <summary>
    /// Writes the file anew where it may hold bytes of erased keys; false where it must be done again.
    /// </summary>
    public bool Scrub()
    {
        lock (fileGate)
        {
            return !file.IsUnscrubbed || file.Scrub();
        }
    }

    /// <summary>
    /// A digest of a text by which a table is searched, 128 bits, under the institution's index key: no list of texts
    /// helps who has the table alone. Another kind gives another digest.
    /// </summary>
    public UInt128 Digest(byte kind, string text) => key.Digest(kind, text);

    /// <summary>The same digest in a new array of 16 bytes.</summary>
    public byte[] DigestBytes(byte kind, string text) => RecordsKey.BytesOf(Digest(kind, text));

    /// <summary>Drops the keys from memory and closes the file.</summary>
    public void Dispose()
    {
        lock (fileGate)
        {
            recent.Clear();
            file.Dispose();
        }
    }

    // The store's own key opens what is everybody's: nobody's erasure takes it.
    private IReadOnlyList<long> IdsOfPerson(string person)
    {
        Invariant.That(person != Store);
        return file.Of(key.PersonDigest(person));
    }

    // What is on the list is erased at the next start, with all that it seals: so it seals nothing more before it gets
    // there, even where deleting it fails.
    private void Delete(IReadOnlyCollection<long> ids)
    {
        if (ids.Count == 0)
        {
            return;
        }

        Invariant.That(!ids.Contains(file.Current(key.PersonDigest(Store)) ?? -1));
        file.RetireIds(ids);
        recent.ForgetPersons();
        erased.NoteKeys(ids);
        file.Delete(ids);
        recent.Forget(ids);
    }

    private long IdOf(string person) => recent.Of(person) ?? maker.Make([person])[0];
}
