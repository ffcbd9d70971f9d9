using System.Buffers.Binary;
using Google.Protobuf;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Node.Storage;
using Ledger.Primitives;

namespace Ledger.Node.Chain;

/// <summary>
/// In which blocks somebody, or a kind of event, occurs: one entry for each address, kind and block, written with the
/// results of the block. It follows from them, and spares whoever asks about one party the reading of every block.
/// </summary>
public static class EventIndex
{
    private const byte AddressMark = 0;
    private const byte KindMark = 1;

    /// <summary>Entries say all by their key.</summary>
    private static readonly byte[] Nothing = [];

    /// <summary>Enters the events of a block.</summary>
    public static void Put(DatabaseBatch batch, ulong height, IReadOnlyList<ContractEvent> events) =>
        Put(batch, KeysOf(height, events));

    /// <summary>Enters the events of a stored block.</summary>
    public static void Put(DatabaseBatch batch, ulong height, EventList events) => Put(batch, KeysOf(height, events));

    /// <summary>The keys of a block's entries, each once.</summary>
    public static IEnumerable<byte[]> KeysOf(ulong height, EventList events)
    {
        HashSet<ByteString> addresses = [];
        HashSet<uint> kinds = [];

        // Events side by side mostly share who acted, and then the very field.
        EventMessage before = new();
        foreach (EventMessage one in events.Events)
        {
            kinds.Add(one.Kind);
            Add(addresses, one.Actor, before.Actor);
            Add(addresses, one.Learner, before.Learner);
            Add(addresses, one.Subject, before.Subject);
            Add(addresses, one.Client, before.Client);
            before = one;
        }

        addresses.Remove(ByteString.Empty);
        return addresses.Select(address => Key(PrefixOf(address), height))
            .Concat(kinds.Select(kind => Key(PrefixOf(kind), height)));
    }

    private static IEnumerable<byte[]> KeysOf(ulong height, IReadOnlyList<ContractEvent> events)
    {
        HashSet<Address> addresses = [];
        HashSet<ContractEventKind> kinds = [];
        ContractEvent? before = null;
        foreach (ContractEvent one in events)
        {
            kinds.Add(one.Kind);
            Add(addresses, one.Actor, before?.Actor);
            Add(addresses, one.Learner, before?.Learner);
            Add(addresses, one.Subject, before?.Subject);
            Add(addresses, one.Client, before?.Client);
            before = one;
        }

        return addresses.Order().Select(address => Key([AddressMark, .. address.ToArray()], height))
            .Concat(kinds.Select(kind => Key(PrefixOf((uint)kind), height)));
    }

    private static void Put(DatabaseBatch batch, IEnumerable<byte[]> keys)
    {
        foreach (byte[] key in keys)
        {
            batch.Put(LedgerColumns.EventIndex, key, Nothing);
        }
    }

    private static void Add(HashSet<Address> addresses, Address? one, Address? before)
    {
        if (one is not null && one != before)
        {
            addresses.Add(one.Value);
        }
    }

    private static void Add(HashSet<ByteString> addresses, ByteString one, ByteString before)
    {
        if (!ReferenceEquals(one, before))
        {
            addresses.Add(one);
        }
    }

    /// <summary>What the entries of an address begin with.</summary>
    public static byte[] PrefixOf(ByteString address) => [AddressMark, .. address.Span];

    /// <summary>What the entries of a kind begin with.</summary>
    public static byte[] PrefixOf(uint kind)
    {
        byte[] prefix = new byte[1 + sizeof(uint)];
        prefix[0] = KindMark;
        BinaryPrimitives.WriteUInt32BigEndian(prefix.AsSpan(1), kind);
        return prefix;
    }

    /// <summary>An entry's key.</summary>
    public static byte[] Key(byte[] prefix, ulong height) => [.. prefix, .. LedgerDatabase.HeightKey(height)];

    /// <summary>The height that an entry's key ends with.</summary>
    public static ulong HeightOf(byte[] key) =>
        BinaryPrimitives.ReadUInt64BigEndian(key.AsSpan(key.Length - sizeof(ulong)));
}
