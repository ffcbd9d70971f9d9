using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Purposes;
using Ledger.Client.Transactions;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.CommandLine.Hosting;

/// <summary>What is asked for, under which policy, for what, and in whose name.</summary>
/// <param name="Rights">The rights.</param>
/// <param name="Policy">The policy, or null.</param>
/// <param name="Words">What it is for, or null.</param>
/// <param name="Commitment">Instead of words: their commitment, made elsewhere; else empty.</param>
/// <param name="Institution">The institution whose staff asks; null for oneself.</param>
internal sealed record RequestTerms(
    Rights Rights, PolicyName? Policy, string? Words, byte[] Commitment, Address? Institution)
{
    /// <summary>Purposes that a node keeps by one call.</summary>
    private const int KeptMax = 256;

    /// <summary>
    /// The requests, one for each learner and verb. Their words are kept by the institution's node by then: a request
    /// whose salt is lost says nothing.
    /// </summary>
    public async Task<IReadOnlyList<Operation>> MakeAsync(
        Session session, IReadOnlyList<(Address Learner, string Verb)> targets, CancellationToken cancellation)
    {
        List<Operation> operations = [];
        List<LearnerPurpose> purposes = [];
        foreach ((Address learner, string verb) in targets)
        {
            byte[] commitment = Commitment;
            if (Words is not null)
            {
                // A salt for each: with one for all, who sees the ledger could tell what belongs together.
                LearnerPurpose purpose = new()
                {
                    Learner = learner.ToField(), Opening = RequestPurpose.Open(Words),
                };
                purposes.Add(purpose);
                commitment = RequestPurpose.CommitmentOf(purpose.Opening).ToArray();
            }

            Operation operation = Operations.LlpcRequest(learner, verb, Rights, commitment, Policy);
            operation.LlpcRequest.Institution = Institution?.ToField() ?? Google.Protobuf.ByteString.Empty;
            operations.Add(operation);
        }

        LedgerClient node = session.ClientOf(Institution);
        foreach (LearnerPurpose[] portion in purposes.Chunk(KeptMax))
        {
            await node.KeepPurposesAsync(portion, cancellation).ConfigureAwait(false);
        }

        return operations;
    }
}
