using System.Buffers.Binary;
using Ledger.Client.Records;

namespace Ledger.Node.Records;

/// <summary>
/// For which row a value is sealed: in no other one does it open. The table's number, and the row's key, whose parts
/// have a fixed length each. The bytes are stored, in tags: they change only with a migration.
/// </summary>
internal static class SealContexts
{
    private const byte OfRecord = 1;
    private const byte OfDefinition = 2;
    private const byte OfName = 3;
    private const byte OfAttachment = 4;
    private const byte OfAttachmentKey = 5;
    private const byte OfDocumentHead = 6;
    private const byte OfDocumentContent = 7;

    /// <summary>A record's content: type, version of the locator key, id under that key.</summary>
    public static byte[] Record(RecordType type, long keyVersion, ReadOnlySpan<byte> hashedId)
    {
        byte[] context = new byte[2 + sizeof(long) + hashedId.Length];
        context[0] = OfRecord;
        context[1] = (byte)type;
        BinaryPrimitives.WriteInt64BigEndian(context.AsSpan(2), keyVersion);
        hashedId.CopyTo(context.AsSpan(2 + sizeof(long)));
        return context;
    }

    /// <summary>The definition of an activity.</summary>
    public static byte[] Definition(SearchKey activity) => Of(OfDefinition, activity);

    /// <summary>A name of an agent.</summary>
    public static byte[] Name(SearchKey agent, SearchKey name) => Of(OfName, agent, name);

    /// <summary>The bytes of an attachment, under its own key.</summary>
    public static byte[] Attachment(SearchKey digest) => Of(OfAttachment, digest);

    /// <summary>An attachment's key, under that of a person who has it.</summary>
    public static byte[] AttachmentKey(SearchKey digest, SearchKey person) => Of(OfAttachmentKey, digest, person);

    /// <summary>What a document is, without its content.</summary>
    public static byte[] DocumentHead(DocumentPlace place) => Of(OfDocumentHead, place);

    /// <summary>A document's content.</summary>
    public static byte[] DocumentContent(DocumentPlace place) => Of(OfDocumentContent, place);

    private static byte[] Of(byte table, DocumentPlace place) =>
        [.. Of(table, place.Activity, place.Agent, place.Registration, place.Id), (byte)place.Kind];

    private static byte[] Of(byte table, params ReadOnlySpan<SearchKey> keys)
    {
        byte[] context = new byte[1 + (keys.Length * SearchKey.Size)];
        context[0] = table;
        for (int at = 0; at < keys.Length; at++)
        {
            BinaryPrimitives.WriteUInt128BigEndian(context.AsSpan(1 + (at * SearchKey.Size)), keys[at].Value);
        }

        return context;
    }
}
