using System.Buffers.Binary;
using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using Ledger.Node.Records;
using Ledger.Primitives;
using Microsoft.Data.Sqlite;

namespace Ledger.Node.Sealing;

/// <summary>
/// The file of wrapped keys, an SQLite database: key id, digest of the person, and the key, encrypted under the
/// institution's wrapping key with its row as associated data. It names nobody, and without the institution's secret
/// opens nothing. Used under its owner's lock; keys are read from any thread, by a connection of their own, so that
/// who reads does not wait until another's key is on disk.
/// </summary>
internal sealed class PersonKeyFile : IDisposable
{
    private const long SchemaVersion = 1;

    // A key that is retired opens what it sealed, and seals nothing more.
    private const string Tables = """
        CREATE TABLE about (id BLOB NOT NULL, proof BLOB NOT NULL, unscrubbed INTEGER NOT NULL) STRICT;
        CREATE TABLE keys (
            id INTEGER PRIMARY KEY,
            person BLOB NOT NULL,
            retired INTEGER NOT NULL,
            wrapped BLOB NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX keys_current ON keys (person) WHERE retired = 0;
        CREATE INDEX keys_of_person ON keys (person);
        """;

    private readonly RecordsKey key;
    private readonly SqliteConnection connection;
    private readonly Lock readGate = new();
    private readonly SqliteConnection reader;
    private readonly PreparedStatement current;
    private readonly PreparedStatement find;
    private readonly PreparedStatement state;
    private readonly PreparedStatement add;
    private readonly PreparedStatement ofPerson;
    private readonly PreparedStatement retire;
    private readonly PreparedStatement retireId;
    private readonly PreparedStatement delete;

    /// <summary>Opens the file, or makes it.</summary>
    /// <exception cref="SealingKeysException">It belongs to another secret.</exception>
    public PersonKeyFile(string path, RecordsKey key)
    {
        Path = path;
        this.key = key;
        connection = RecordDatabase.OpenWriter(path, Tables, SchemaVersion);
        current = Prepare("SELECT id FROM keys WHERE person = @person AND retired = 0", "@person");
        reader = RecordDatabase.OpenReader(path);
        find = new PreparedStatement(reader, "SELECT person, wrapped FROM keys WHERE id = @id", "@id");
        state = Prepare("SELECT retired FROM keys WHERE id = @id", "@id");
        add = Prepare(
            "INSERT INTO keys (id, person, retired, wrapped) VALUES (@id, @person, 0, @wrapped)",
            "@id", "@person", "@wrapped");
        ofPerson = Prepare("SELECT id FROM keys WHERE person = @person", "@person");
        retire = Prepare("UPDATE keys SET retired = 1 WHERE person = @person", "@person");
        retireId = Prepare("UPDATE keys SET retired = 1 WHERE id = @id AND retired = 0", "@id");
        delete = Prepare("DELETE FROM keys WHERE id = @id", "@id");
        try
        {
            FileId = Identify();
        }
        catch (SealingKeysException)
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Where it lies.</summary>
    public string Path { get; }

    /// <summary>The random id of the file, which copies of it have too.</summary>
    public UInt128 FileId { get; }

    /// <summary>How many keys there are.</summary>
    public long Count => (long)Scalar("SELECT count(*) FROM keys");

    /// <summary>Whether there is, where the file lies, one of its id and with as many keys.</summary>
    public bool IsInPlace
    {
        get
        {
            try
            {
                using SqliteConnection there = RecordDatabase.OpenReader(Path);
                return RecordDatabase.Scalar(there, null, "SELECT id FROM about") is byte[] id
                    && BinaryPrimitives.ReadUInt128BigEndian(id) == FileId
                    && (long)RecordDatabase.Scalar(there, null, "SELECT count(*) FROM keys")! == Count;
            }
            catch (SqliteException)
            {
                // No file, or none of this form.
                return false;
            }
        }
    }

    /// <summary>Whether keys were deleted whose bytes the file may still hold.</summary>
    public bool IsUnscrubbed => (long)Scalar("SELECT unscrubbed FROM about") != 0;

    /// <summary>Whether there is a key of that id.</summary>
    public bool Has(long id) => state.Scalar(null, id) is not null;

    /// <summary>Whether there is a key of that id, and it seals nothing more.</summary>
    public bool IsRetired(long id) => state.Scalar(null, id) is 1L;

    /// <summary>The key that seals for a person, by the person's digest, or null.</summary>
    public long? Current(UInt128 person) => (long?)current.Scalar(null, RecordsKey.BytesOf(person));

    /// <summary>
    /// Makes a key for each of these persons who has none, in one synced transaction; returns the ids, in order.
    /// </summary>
    public IReadOnlyList<long> Make(IReadOnlyList<UInt128> persons)
    {
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
        long[] ids = [.. persons.Select(person => Current(transaction, person) ?? Add(transaction, person))];
        transaction.Commit();
        return ids;
    }

    /// <summary>A key, unwrapped, or null where there is none of that id. From any thread.</summary>
    /// <exception cref="SealDamagedException">The row is not what was written.</exception>
    public DataKey? Load(long id)
    {
        lock (readGate)
        {
            using DbDataReader row = find.Rows(null, id);
            return row.Read() ? Unwrap(id, row.GetFieldValue<byte[]>(0), row.GetFieldValue<byte[]>(1)) : null;
        }
    }

    /// <summary>All keys of a person, retired ones too.</summary>
    public IReadOnlyList<long> Of(UInt128 person)
    {
        List<long> ids = [];
        using DbDataReader rows = ofPerson.Rows(null, RecordsKey.BytesOf(person));
        while (rows.Read())
        {
            ids.Add(rows.GetInt64(0));
        }

        return ids;
    }

    /// <summary>Lets the persons' keys seal nothing more, in one synced transaction.</summary>
    public void Retire(IEnumerable<UInt128> persons)
    {
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
        foreach (UInt128 person in persons)
        {
            retire.Run(transaction, RecordsKey.BytesOf(person));
        }

        transaction.Commit();
    }

    /// <summary>Whether there is a key of that id that opens.</summary>
    public bool IsWhole(long id)
    {
        try
        {
            using DataKey? loaded = Load(id);
            return loaded is not null;
        }
        catch (SealDamagedException)
        {
            return false;
        }
    }

    /// <summary>
    /// Takes keys of a copy of this file in place of those that are missing or damaged, in one synced transaction;
    /// returns how many. A person who has a key that seals keeps that one, and what is retired stays so.
    /// </summary>
    public int Adopt(string copy, IReadOnlyCollection<long> ids)
    {
        using PreparedStatement attach = Prepare("ATTACH @copy AS copy", "@copy");
        attach.Run(null, copy);
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
        using PreparedStatement adopt = Prepare(
            """
            INSERT OR REPLACE INTO keys (id, person, retired, wrapped)
            SELECT id, person, retired
                OR EXISTS (SELECT 1 FROM keys k WHERE k.id = c.id AND k.retired = 1)
                OR EXISTS (SELECT 1 FROM keys k WHERE k.person = c.person AND k.retired = 0 AND k.id <> c.id), wrapped
            FROM copy.keys c WHERE id = @id
            """,
            "@id");
        int adopted = ids.Sum(id => adopt.Run(transaction, id));
        transaction.Commit();
        RecordDatabase.Execute(connection, "DETACH copy");
        return adopted;
    }

    /// <summary>Lets keys seal nothing more, in one synced transaction.</summary>
    public void RetireIds(IEnumerable<long> ids)
    {
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
        foreach (long id in ids)
        {
            retireId.Run(transaction, id);
        }

        transaction.Commit();
    }

    /// <summary>Deletes keys in one synced transaction; the file may hold their bytes until it is scrubbed.</summary>
    public void Delete(IEnumerable<long> ids)
    {
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
        if (ids.Sum(id => delete.Run(transaction, id)) > 0)
        {
            RecordDatabase.Execute(connection, transaction, "UPDATE about SET unscrubbed = 1");
        }

        transaction.Commit();
    }

    /// <summary>
    /// Writes the file anew and empties its log, so that neither holds a byte of what was deleted. False where somebody
    /// reads it: then it must be done again.
    /// </summary>
    public bool Scrub()
    {
        // Who reads a key at this moment would keep the log.
        lock (readGate)
        {
            if (!RecordDatabase.Scrub(connection))
            {
                return false;
            }
        }

        RecordDatabase.Execute(connection, "UPDATE about SET unscrubbed = 0");
        return true;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        PreparedStatement[] all = [find, current, state, add, ofPerson, retire, retireId, delete];
        lock (readGate)
        {
            foreach (PreparedStatement statement in all)
            {
                statement.Dispose();
            }

            reader.Dispose();
        }

        connection.Dispose();
    }

    private long? Current(SqliteTransaction transaction, UInt128 person) =>
        (long?)current.Scalar(transaction, RecordsKey.BytesOf(person));

    private long Add(SqliteTransaction transaction, UInt128 person)
    {
        byte[] digest = RecordsKey.BytesOf(person);
        long id = BinaryPrimitives.ReadInt64BigEndian(RandomNumberGenerator.GetBytes(sizeof(long))) & long.MaxValue;
        byte[] secret = RandomNumberGenerator.GetBytes(DataKey.Size);
        add.Run(transaction, id, digest, Wrap(secret, Row(id, digest)));
        CryptographicOperations.ZeroMemory(secret);
        return id;
    }

    // Nonce, ciphertext, tag.
    private byte[] Wrap(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> row)
    {
        byte[] wrapped = new byte[DataKey.NonceSize + secret.Length + DataKey.TagSize];
        Span<byte> nonce = wrapped.AsSpan(0, DataKey.NonceSize);
        RandomNumberGenerator.Fill(nonce);
        bool done = key.Wrapping.TryEncrypt(
            nonce, secret, wrapped.AsSpan(DataKey.NonceSize, secret.Length), wrapped.AsSpan()[^DataKey.TagSize..], row);
        Invariant.That(done);
        return wrapped;
    }

    private DataKey Unwrap(long id, byte[] person, byte[] wrapped)
    {
        byte[] secret = new byte[DataKey.Size];
        try
        {
            Decrypt(wrapped, secret, Row(id, person));
            return new DataKey(secret);
        }
        catch (AuthenticationTagMismatchException)
        {
            throw SealDamagedException.OfKey(Path, id);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    private void Decrypt(ReadOnlySpan<byte> wrapped, Span<byte> secret, ReadOnlySpan<byte> row)
    {
        if (wrapped.Length != DataKey.NonceSize + secret.Length + DataKey.TagSize)
        {
            throw new AuthenticationTagMismatchException("Wrapped bytes of another length.");
        }

        bool done = key.Wrapping.TryDecrypt(
            wrapped[..DataKey.NonceSize], wrapped[DataKey.NonceSize..^DataKey.TagSize], wrapped[^DataKey.TagSize..],
            secret, row);
        Invariant.That(done);
    }

    private static byte[] Row(long id, ReadOnlySpan<byte> person)
    {
        byte[] row = new byte[sizeof(long) + person.Length];
        BinaryPrimitives.WriteInt64BigEndian(row, id);
        person.CopyTo(row.AsSpan(sizeof(long)));
        return row;
    }

    // A file names itself and proves by which secret: nothing, encrypted under the wrapping key for this name.
    private UInt128 Identify()
    {
        if (RecordDatabase.Scalar(connection, null, "SELECT id FROM about") is not byte[] id)
        {
            Invariant.That(Count == 0);
            id = RandomNumberGenerator.GetBytes(RecordsKey.DigestSize);
            using PreparedStatement name = Prepare("INSERT INTO about VALUES (@id, @proof, 0)", "@id", "@proof");
            name.Run(null, id, Wrap([], id));
        }

        try
        {
            byte[] proof = (byte[])Scalar("SELECT proof FROM about");
            Decrypt(proof, [], id);
            return BinaryPrimitives.ReadUInt128BigEndian(id);
        }
        catch (AuthenticationTagMismatchException)
        {
            throw new SealingKeysException(
                $"The keys in {Path} (file {NameOf(BinaryPrimitives.ReadUInt128BigEndian(id))}) belong to another "
                + "secret than the one in the node's secrets. Put back the backup of the secrets that was made with "
                + "this file, or the file of these secrets.");
        }
    }

    /// <summary>A file's id as it is shown.</summary>
    internal static string NameOf(UInt128 fileId) => fileId.ToString("x32", CultureInfo.InvariantCulture);

    private object Scalar(string sql) => RecordDatabase.Scalar(connection, null, sql)!;

    private PreparedStatement Prepare(string sql, params ReadOnlySpan<string> parameters) =>
        new(connection, sql, parameters);
}
