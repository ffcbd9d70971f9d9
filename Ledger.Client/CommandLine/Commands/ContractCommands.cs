using System.Buffers.Binary;
using System.CommandLine;
using Google.Protobuf;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.CommandLine.Commands;

/// <summary>The contracts' state, whatever contract it is of.</summary>
internal static class ContractCommands
{
    public static Command Create(CommandHost host) => CommandHost.Noun("contract", "The contracts' state.", Show(host));

    private static Command Show(CommandHost host)
    {
        Argument<string> owner = new("ADDRESS")
        {
            Description = "Whose: an institution or learner by address, an institution by domain, or me.",
        };
        Option<string?> kind = new("--kind")
        {
            Description = "Only this kind of state, each value: uic, pic, llpc, grant, enrolment, signing-key …",
            HelpName = "KIND",
        };
        Option<string?> verb = new("--verb") { Description = "Only this verb's.", HelpName = "VERB" };
        return host.Verb(
            "show",
            "Shows what the contracts hold of somebody: how much of each kind, or with --kind every value.",
            "ledger contract show me --kind grant --verb 0x34",
            [owner, kind, verb],
            async (session, cancellation) =>
            {
                Address address = await Parties.ReadInstitutionAsync(session, session.Required(owner), cancellation)
                    .ConfigureAwait(false);
                Hash256? hash = session.Get(verb) is { } named ? LlpcName.HashOf(VerbResolver.Resolve(named)) : null;
                return session.Get(kind) is { } name
                    ? await ListAsync(session, StateKinds.Read(name), address, hash, cancellation).ConfigureAwait(false)
                    : await CountAsync(session, address, hash, cancellation).ConfigureAwait(false);
            });
    }

    private static async Task<Answer> CountAsync(
        Session session, Address address, Hash256? verb, CancellationToken cancellation)
    {
        List<object?[]> rows = [];
        foreach (StateKind kind in StateKinds.All)
        {
            int values = 0;
            int open = 0;
            await foreach ((_, IMessage value) in ValuesAsync(session, kind, address, verb, cancellation)
                .ConfigureAwait(false))
            {
                values++;
                open += StateText.IntervalOf(value) is { ToHeight: > 0 } ? 0 : 1;
            }

            if (values > 0)
            {
                rows.Add([StateKinds.NameOf(kind), values, open]);
            }
        }

        return new Answer()
            .Field("address", address.ToString())
            .Table("state", ["kind", "values", "open"], rows);
    }

    private static async Task<Answer> ListAsync(
        Session session, StateKind kind, Address address, Hash256? verb, CancellationToken cancellation)
    {
        List<object?[]> rows = [];
        await foreach ((StateKey key, IMessage value) in ValuesAsync(session, kind, address, verb, cancellation)
            .ConfigureAwait(false))
        {
            Interval? interval = StateText.IntervalOf(value);
            rows.Add(
            [
                Parts(key),
                StateValues.IsNumbered(key) ? NumberOf(key) : null,
                interval?.FromHeight,
                interval is { ToHeight: > 0 } ? interval.ToHeight : null,
                interval is { EndUnixMs: > 0 } ? Times.Show(interval.EndUnixMs) : null,
                StateText.Describe(value),
            ]);
        }

        return new Answer()
            .Field("address", address.ToString())
            .Field("kind", StateKinds.NameOf(kind))
            .Table("values", ["key", "number", "from height", "to height", "ends", "value"], rows);
    }

    private static async IAsyncEnumerable<(StateKey Key, IMessage Value)> ValuesAsync(
        Session session,
        StateKind kind,
        Address address,
        Hash256? verb,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        byte[] prefix = StateKeys.Prefix(kind, address);
        await foreach (ListedState entry in session.Client.ListEntriesAsync(prefix, cancellation).ConfigureAwait(false))
        {
            StateKey key = new(entry.Key.Memory);
            if (!StateValues.IsCounter(key) && (verb is not { } hash || HasPart(key, hash))
                && StateValues.ParserOf(key) is { } parser)
            {
                yield return (key, parser.ParseFrom(entry.Value));
            }
        }
    }

    private static bool HasPart(StateKey key, in Hash256 part)
    {
        for (int at = 1 + Hash256.Size; at + Hash256.Size <= key.Raw.Length; at += Hash256.Size)
        {
            if (new Hash256(key.Raw.Span.Slice(at, Hash256.Size)) == part)
            {
                return true;
            }
        }

        return false;
    }

    // What the key says besides kind, owner and number.
    private static string? Parts(StateKey key)
    {
        ReadOnlySpan<byte> rest = key.Raw.Span[(1 + Address.Size)..];
        rest = StateValues.IsNumbered(key) ? rest[..^sizeof(ulong)] : rest;
        List<string> parts = [];
        for (; rest.Length > 0; rest = rest[Math.Min(Hash256.Size, rest.Length)..])
        {
            parts.Add(Convert.ToHexStringLower(rest[..Math.Min(Hash256.Size, rest.Length)]));
        }

        return parts.Count == 0 ? null : string.Join(' ', parts);
    }

    private static ulong NumberOf(StateKey key) => BinaryPrimitives.ReadUInt64BigEndian(key.Raw.Span[^sizeof(ulong)..]);
}
