using System.Data.Common;
using Ledger.Node.Sealing;

namespace Ledger.Node.Records;

/// <summary>
/// The tables of attachments: bytes once under a key of their own, and that key for each person who has them. Used
/// inside the writer's transactions.
/// </summary>
internal sealed class AttachmentTable : IDisposable
{
    private readonly StoreSeals seals;
    private readonly PreparedStatement keys;
    private readonly PreparedStatement writeContent;
    private readonly PreparedStatement writeKey;
    private readonly PreparedStatement removeKey;
    private readonly PreparedStatement removeContent;
    private readonly PreparedStatement ofPerson;

    public AttachmentTable(DbConnection connection, StoreSeals seals)
    {
        this.seals = seals;
        keys = new PreparedStatement(
            connection, "SELECT person, content FROM attachment_keys WHERE digest = @digest", "@digest");
        writeContent = new PreparedStatement(
            connection,
            """
            INSERT INTO attachments (digest, content) VALUES (@digest, @content)
            ON CONFLICT (digest) DO UPDATE SET content = excluded.content
            """,
            "@digest", "@content");
        writeKey = new PreparedStatement(
            connection,
            """
            INSERT INTO attachment_keys (digest, person, content) VALUES (@digest, @person, @content)
            ON CONFLICT (digest, person) DO UPDATE SET content = excluded.content
            """,
            "@digest", "@person", "@content");
        removeKey = new PreparedStatement(
            connection,
            "DELETE FROM attachment_keys WHERE digest = @digest AND person = @person",
            "@digest", "@person");
        removeContent = new PreparedStatement(
            connection,
            """
            DELETE FROM attachments WHERE digest = @digest
            AND NOT EXISTS (SELECT 1 FROM attachment_keys k WHERE k.digest = @digest)
            """,
            "@digest");
        ofPerson = new PreparedStatement(
            connection, "SELECT digest, content FROM attachment_keys WHERE person = @person", "@person");
    }

    /// <summary>
    /// The key of an attachment's bytes out of those of its holders; null where all were erased. Throws
    /// <see cref="SealDamagedException"/> where none opens and one may open again: other bytes in the place of these
    /// would take them from its holder.
    /// </summary>
    public static byte[]? KeyOf(StoreSeals seals, SearchKey digest, IEnumerable<SealedPair> holders)
    {
        SealedPair[] all = [.. holders];
        foreach (SealedPair holder in all)
        {
            if (seals.OpenOrPass(SealContexts.AttachmentKey(digest, holder.Key), holder.Content).BytesOrNull
                is { } opened)
            {
                return opened;
            }
        }

        foreach (SealedPair holder in all)
        {
            seals.Open(SealContexts.AttachmentKey(digest, holder.Key), holder.Content);
        }

        return null;
    }

    /// <summary>Keeps an attachment for its holders; bytes that are there, and open, stay as they are.</summary>
    public void Keep(DbTransaction transaction, PreparedAttachment one)
    {
        byte[]? known = Known(transaction, one.Digest);
        if (known is null)
        {
            writeContent.Run(transaction, one.Digest.ToArray(), one.Sealed);
        }

        foreach (string holder in one.Holders)
        {
            WriteKey(transaction, one.Digest, holder, known ?? one.Key);
        }
    }

    /// <summary>Gives a person an attachment that is there; false where none is that opens.</summary>
    public bool Share(DbTransaction transaction, SearchKey digest, string holder)
    {
        byte[]? known = Known(transaction, digest);
        if (known is not null)
        {
            WriteKey(transaction, digest, holder, known);
        }

        return known is not null;
    }

    /// <summary>Whether an attachment is there that opens.</summary>
    public bool IsKept(DbTransaction transaction, SearchKey digest) =>
        Known(transaction, digest) is not null;

    /// <summary>Takes an attachment from a person; its bytes go with the last who had them.</summary>
    public void Remove(DbTransaction transaction, SearchKey digest, string holder)
    {
        removeKey.Run(transaction, digest.ToArray(), PersonOf(holder).ToArray());
        removeContent.Run(transaction, digest.ToArray());
    }

    /// <summary>Seals the keys of what a person has again where one of these keys had sealed them.</summary>
    public void SealAgain(DbTransaction transaction, string holder, IReadOnlySet<long> under)
    {
        SearchKey person = PersonOf(holder);
        foreach (SealedPair pair in SealedPair.All(ofPerson.Rows(transaction, person.ToArray())))
        {
            if (StoreSeals.KeyIdOf(pair.Content) is { } id && under.Contains(id)
                && KeyOf(seals, pair.Key, [new SealedPair(person, pair.Content)]) is { } key)
            {
                WriteKey(transaction, pair.Key, holder, key);
            }
        }
    }

    public void Dispose()
    {
        PreparedStatement[] all = [keys, writeContent, writeKey, removeKey, removeContent, ofPerson];
        foreach (PreparedStatement statement in all)
        {
            statement.Dispose();
        }
    }

    private byte[]? Known(DbTransaction transaction, SearchKey digest) =>
        KeyOf(seals, digest, SealedPair.All(keys.Rows(transaction, digest.ToArray())));

    private void WriteKey(DbTransaction transaction, SearchKey digest, string holder, byte[] key)
    {
        SearchKey person = PersonOf(holder);
        writeKey.Run(
            transaction,
            digest.ToArray(),
            person.ToArray(),
            seals.Seal(holder, SealContexts.AttachmentKey(digest, person), key));
    }

    private SearchKey PersonOf(string holder) => seals.KeyOf(SearchKind.ListedActor, holder);
}
