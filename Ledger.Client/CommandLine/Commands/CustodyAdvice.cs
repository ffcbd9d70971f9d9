using Ledger.Client.Nodes;
using Ledger.CommandLine.Hosting;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.CommandLine.Commands;

/// <summary>Warns where an institution is about to go and nobody would keep its records.</summary>
internal static class CustodyAdvice
{
    /// <summary>The sentence for an institution without a custodian.</summary>
    public static string NoCustodian(string institution) =>
        $"Nobody has agreed to keep the records of {institution}: once it is closed, no box serves them. Agree with a "
        + "custodian first: ledger custody offer";

    /// <summary>Those with an agreement in force, as the profile's node tells it.</summary>
    public static async Task<IReadOnlyList<Address>> CustodiansAsync(
        Session session, Address client, CancellationToken cancellation)
    {
        long now = session.Time.GetUtcNow().ToUnixTimeMilliseconds();
        List<Address> custodians = [];
        await foreach (StateItem<CustodyAgreement> agreement in session.Client.ListInstancesAsync(
            StateKeys.Prefix(StateKind.CustodyAgreement, client), CustodyAgreement.Parser, cancellation)
            .ConfigureAwait(false))
        {
            Interval interval = agreement.Value.Interval;
            if (interval.ToHeight == 0
                && agreement.Value.AcceptedHeight != 0
                && (interval.EndUnixMs == 0 || interval.EndUnixMs > now))
            {
                custodians.Add(new Address(agreement.Value.Provider.Span));
            }
        }

        return custodians;
    }

    /// <summary>A warning, or null where somebody would keep its records.</summary>
    public static async Task<string?> WarningAsync(
        Session session, Address institution, string name, CancellationToken cancellation) =>
        (await CustodiansAsync(session, institution, cancellation).ConfigureAwait(false)).Count == 0
            ? NoCustodian(name)
            : null;
}
