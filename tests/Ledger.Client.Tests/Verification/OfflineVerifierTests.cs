using System.Reflection;
using Ledger.Client.Nodes;
using Ledger.Client.Verification;
using Ledger.Contracts.Execution;
using Ledger.Primitives;

namespace Ledger.Client.Tests.Verification;

/// <summary>The verifier has nothing with which it could ask anybody.</summary>
public sealed class OfflineVerifierTests
{
    private static readonly string[] Network = ["System.Net", "Grpc", "Ledger.Client.Nodes", "Ledger.Client.Boxes"];

    [Test]
    public void No_code_that_the_verifier_reaches_names_a_socket_a_channel_or_a_node()
    {
        ReachableCode code = Of(typeof(ProofVerifier).GetMethod(nameof(ProofVerifier.Verify))!);

        string[] found = [.. code.Named
            .Where(static named => Network.Any(name => IsIn(named.Key, name)))
            .Select(static named => $"{named.Key} in {named.Value.DeclaringType}.{named.Value.Name}")];
        Assert.That(found, Is.Empty);
        Assert.That(
            code.Methods.Select(static method => method.DeclaringType!.Name),
            Does.Contain("ReceiptCheck").And.Contain("StateListCheck").And.Contain("RecordsCheck")
                .And.Contain("ChainVerifier").And.Contain("Ed25519Verifier"),
            "the walk reaches what verifies");
    }

    [Test]
    public void The_same_walk_from_a_client_finds_the_channel()
    {
        ReachableCode code = Of(typeof(LedgerClient).GetConstructors().Single());

        Assert.That(code.Named.Keys.Any(static type => IsIn(type, "Grpc")), Is.True);
    }

    private static ReachableCode Of(MethodBase start) => ReachableCode.From(
        start, typeof(ProofVerifier).Assembly, typeof(BlockExecutor).Assembly, typeof(Hash256).Assembly,
        typeof(NSec.Cryptography.Key).Assembly);

    private static bool IsIn(Type type, string name) =>
        type.Namespace == name || type.Namespace?.StartsWith(name + ".", StringComparison.Ordinal) == true;
}
