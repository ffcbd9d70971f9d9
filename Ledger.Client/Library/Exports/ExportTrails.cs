using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Client.Exports;

/// <summary>Writes a learner's trail as the ledger has it: all entries, and then its value, which they give.</summary>
internal sealed class ExportTrails(IExportNode node, ExportWriter writer)
{
    // Reads come at most a few a second, and a page takes a few milliseconds.
    private const int RoundsMax = 10;

    /// <summary>Writes it; throws <see cref="LedgerClientException"/> where the node does not prove it.</summary>
    public async Task WriteAsync(Address learner, CancellationToken cancellation)
    {
        ulong written = 0;
        for (int round = 0; round < RoundsMax; round++)
        {
            StateEvidence value = await node.ProveAsync(StateKeys.Trail(learner), cancellation).ConfigureAwait(false);
            ulong count = value.Value.IsEmpty ? 0 : RecordRange.Parser.ParseFrom(value.Value).Count;
            if (count == written)
            {
                writer.Write(new ExportPart
                {
                    Trail = new ExportedTrail { Learner = learner.ToField(), Value = value },
                });
                return;
            }

            written = await WriteAsync(learner, written, count, cancellation).ConfigureAwait(false);
        }

        throw new LedgerClientException(
            ClientFailure.Undecided, "The trail grows faster than the node tells it. Try again later.");
    }

    private async Task<ulong> WriteAsync(
        Address learner, ulong written, ulong count, CancellationToken cancellation)
    {
        while (written < count)
        {
            TrailPage page = await node.TrailAsync(
                new TrailRequest
                {
                    Learner = learner.ToField(),
                    FromIndex = written,
                    Limit = (uint)Math.Min(ExportLimits.LeavesMax, count - written),
                },
                cancellation).ConfigureAwait(false);
            if (page.Entries.Count == 0)
            {
                throw new LedgerClientException(
                    ClientFailure.NotVerified,
                    "The node does not list as many reads as the ledger counts. Ask another node.");
            }

            writer.Write(new ExportPart
            {
                Trail = new ExportedTrail { Learner = learner.ToField(), Leaves = { page.Entries } },
            });
            written += (ulong)page.Entries.Count;
        }

        return written;
    }
}
