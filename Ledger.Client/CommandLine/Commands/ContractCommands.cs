using System.CommandLine;
using Google.Protobuf;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Verification;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Consensus;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.CommandLine.Commands;

/// <summary>The contracts' state, whatever contract it is of.</summary>
internal static class ContractCommands
{
    public static Command Create(CommandHost host) =>
        CommandHost.Noun(
            "contract", "The contracts' state.", Show(host), ContractListCommand.Create(host),
            ContractWritersCommand.Create(host), ContractProveCommand.Create(host));

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
        Option<ulong?> at = new("--at")
        {
            Description = "What held after the block of this height; else now.", HelpName = "HEIGHT",
        };
        Option<string?> proof = new("--proof")
        {
            Description = "Write a proof of what is shown, for ledger verify; needs --kind.", HelpName = "FILE",
        };
        return host.Verb(
            "show",
            "Shows what the contracts hold of somebody: how much of each kind, or with --kind every value, "
                + "ended ones too.",
            "ledger contract show me --kind grant --verb 0x34 --at 120 --proof grants.proof",
            [owner, kind, verb, at, proof],
            async (session, cancellation) =>
            {
                Address address = await Parties.ReadInstitutionAsync(session, session.Required(owner), cancellation)
                    .ConfigureAwait(false);
                Hash256? hash = session.Get(verb) is { } named ? LlpcName.HashOf(VerbResolver.Resolve(named)) : null;
                if (session.Get(kind) is not { } name)
                {
                    return session.Get(at) is null && session.Get(proof) is null
                        ? await CountAsync(session, address, hash, cancellation).ConfigureAwait(false)
                        : throw CommandException.WrongUse("--at and --proof need --kind.");
                }

                StateKind read = StateKinds.Read(name);
                return session.Get(proof) is { } file
                    ? await ContractProveCommand.ListAsync(
                        session, read, address, hash, session.Get(at), file, cancellation).ConfigureAwait(false)
                    : await ListAsync(session, read, address, hash, session.Get(at), cancellation)
                        .ConfigureAwait(false);
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
                open += ProvedState.IntervalOf(value) is { ToHeight: > 0 } ? 0 : 1;
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
        Session session,
        StateKind kind,
        Address address,
        Hash256? verb,
        ulong? at,
        CancellationToken cancellation)
    {
        BlockHeader asOf = await HeaderAsync(session, at, cancellation).ConfigureAwait(false);
        List<object?[]> rows = [];
        await foreach ((StateKey key, IMessage value) in ValuesAsync(session, kind, address, verb, cancellation)
            .ConfigureAwait(false))
        {
            rows.Add(StateRows.Of(key, value, asOf.Height, asOf.TimeUnixMs));
        }

        return new Answer()
            .Field("address", address.ToString())
            .Field("kind", StateKinds.NameOf(kind))
            .Field("at height", asOf.Height)
            .Field("block time", Times.Show(asOf.TimeUnixMs))
            .Table("values", StateRows.Columns, rows);
    }

    private static async IAsyncEnumerable<(StateKey Key, IMessage Value)> ValuesAsync(
        Session session,
        StateKind kind,
        Address address,
        Hash256? verb,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        byte[] prefix = StateKeys.Prefix(kind, address);
        await foreach (ListedState entry in session.Client.ListEntriesAsync(prefix, cancellation)
            .ConfigureAwait(false))
        {
            StateKey key = new(entry.Key.Memory);
            if (!StateValues.IsCounter(key) && (verb is not { } hash || StateParts.Has(key, hash))
                && StateValues.ParserOf(key) is { } parser)
            {
                yield return (key, parser.ParseFrom(entry.Value));
            }
        }
    }

    // Of the height that is asked for, or of the head.
    private static async Task<BlockHeader> HeaderAsync(Session session, ulong? at, CancellationToken cancellation)
    {
        ulong height = at
            ?? (await session.OpenClient.GetStatusAsync(cancellation).ConfigureAwait(false)).Height;
        BlockView block = await session.OpenClient.GetBlockAsync(height, withTransactions: false, cancellation)
            .ConfigureAwait(false);
        return BlockCommands.Decode(block);
    }
}
