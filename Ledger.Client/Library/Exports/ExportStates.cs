using Google.Protobuf;
using Ledger.Client.Protos;
using Ledger.Client.Verification;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Client.Exports;

/// <summary>Writes what the state holds of learners, page after page, each proved at its head.</summary>
internal sealed class ExportStates(IExportNode node, ExportWriter writer, ExportPlan plan, Address maker)
{
    private const uint PageSize = 500;

    /// <summary>
    /// Kinds of keys that begin with the learner's address. An index stands before its entries, a contract before what
    /// it counts.
    /// </summary>
    public static IReadOnlyList<StateKind> Kinds { get; } =
    [
        StateKind.Learner, StateKind.SigningKey, StateKind.EncryptionKey, StateKind.Enrolment, StateKind.UserIndex,
        StateKind.UserIndexProvider, StateKind.UserIndexEntry, StateKind.Llpc, StateKind.Grant, StateKind.Request,
        StateKind.RecordRange, StateKind.RangeCustody, StateKind.Score, StateKind.Testimonial, StateKind.Guardian,
        StateKind.Guardianship, StateKind.Ward, StateKind.Merge, StateKind.Absorbed, StateKind.RecoveryPlan,
        StateKind.Recovery, StateKind.OptOut, StateKind.Holding, StateKind.CustodyAgreement, StateKind.CustodyClient,
        StateKind.Usage,
    ];

    /// <summary>Writes everything of a learner.</summary>
    public async Task WriteAsync(Address learner, CancellationToken cancellation)
    {
        // Whose guardian somebody is, is shown to that one alone.
        foreach (StateKind kind in Kinds.Where(kind =>
            learner == maker || kind is not (StateKind.Guardian or StateKind.Ward)))
        {
            await WriteAsync(StateKeys.Prefix(kind, learner), cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Writes the policies, by which consent was given.</summary>
    public Task WritePoliciesAsync(CancellationToken cancellation) =>
        WriteAsync(StateKeys.Prefix(StateKind.Policy), cancellation);

    private async Task WriteAsync(byte[] prefix, CancellationToken cancellation)
    {
        StateListRequest request = new()
        {
            Prefix = UnsafeByteOperations.UnsafeWrap(prefix),
            Page = new PageRequest { Limit = PageSize },
            WithProofs = true,
        };
        do
        {
            StatePage page = await node.ListAsync(request, cancellation).ConfigureAwait(false);
            if (page.Entries.Count > 0)
            {
                StateList list = ListOf(page);
                plan.Add(list);
                writer.Write(new ExportPart { States = list });
            }

            request.Page.Cursor = page.Cursor;
        }
        while (!request.Page.Cursor.IsEmpty);
    }

    private static StateList ListOf(StatePage page)
    {
        StateList list = new()
        {
            Version = ProofVerifier.Version, Membership = page.Membership, Block = page.Block,
        };
        list.Keys.AddRange(page.Entries.Select(static entry => new ProvedKey
        {
            Key = entry.Key, Value = entry.Value, Proof = entry.Proof,
        }));
        return list;
    }
}
