using System.Collections.Concurrent;
using Ledger.Client.Tests.Verification;
using Ledger.Client.Transactions;
using Ledger.Client.Verification;
using Ledger.Consensus;
using Ledger.Contracts.Protos;

namespace Ledger.Client.Tests.Forgeries;

/// <summary>
/// No forged file is accepted: bytes changed, files cut, votes missing or by others, another chain's, parts of one
/// proof in another. Between the forgeries genuine files are verified, which must all hold. (What a record's commitment
/// does not cover, the spelling of its JSON, is not there to be changed.)
/// </summary>
public sealed class ForgedProofTests
{
    private const int InSuite = 20_000;
    private const int OnRequest = 1_030_000;
    private const int ForgeriesAControl = 50;

    [Test]
    public void Twenty_thousand_forged_files_are_refused_and_every_genuine_one_is_accepted() => Run(InSuite);

    [Test]
    [Explicit("Takes some minutes: dotnet test … --filter A_million_forged")]
    public void A_million_forged_files_are_refused_and_every_genuine_one_is_accepted() => Run(OnRequest);

    [Test]
    public void A_chain_that_was_tampered_with_is_flagged_from_a_trusted_checkpoint_a_thousand_times()
    {
        using SmallChain chain = new();
        chain.Decide([chain.Learner], Operations.UicCreate());
        TrustRoot trusted = chain.Checkpoint;
        CertifiedHeader[] headers = [.. Enumerable.Range(0, 20).Select(_ =>
        {
            chain.Decide([chain.Identities[0]], Operations.Settle());
            return chain.Receipt().Block;
        })];
        byte[] file = ReceiptFile(chain.Receipt());
        Assert.That(ProofVerifier.Verify(file, trusted).Verdict, Is.EqualTo(Verdict.Passed));
        int flagged = 0;
        for (int number = 0; number < 1_000; number++)
        {
            // A header of the chain differs in one bit: its votes and its child are not of it any more.
            Random chance = new(number);
            int place = chance.Next(headers.Length);
            byte[] header = headers[place].Header.ToByteArray();
            header[chance.Next(header.Length)] ^= (byte)(1 << chance.Next(8));
            Receipt receipt = chain.Receipt();
            receipt.Block = new CertifiedHeader
            {
                Header = Google.Protobuf.ByteString.CopyFrom(header), Certificate = headers[place].Certificate,
            };
            bool isChild = place + 1 < headers.Length
                && BlockHeader.TryDecode(headers[place + 1].Header.Span, out BlockHeader? child)
                && child.ParentHash == BlockHeader.HashOf(header);
            bool isRefused = ProofVerifier.Verify(ReceiptFile(receipt), trusted).Verdict != Verdict.Passed;
            flagged += isRefused && !isChild ? 1 : 0;
        }

        Assert.That(flagged, Is.EqualTo(1_000));
    }

    private static void Run(int count)
    {
        using ProofForge forge = new();
        TrustRoot trust = forge.Trust;
        ConcurrentDictionary<string, int> manners = new();
        ConcurrentBag<string> accepted = [];
        int controls = 0;
        int held = 0;
        Parallel.For(0, count, number =>
        {
            if (number % ForgeriesAControl == 0)
            {
                byte[] control = forge.Controls[number / ForgeriesAControl % forge.Controls.Count];
                Interlocked.Increment(ref controls);
                Interlocked.Add(ref held, ProofVerifier.Verify(control, trust).Verdict == Verdict.Passed ? 1 : 0);
            }

            if (forge.Forge(number) is not { } forged)
            {
                return;
            }

            manners.AddOrUpdate(forged.Manner, 1, static (_, known) => known + 1);
            if (ProofVerifier.Verify(forged.File, trust).Verdict == Verdict.Passed)
            {
                accepted.Add(FormattableString.Invariant(
                    $"{forged.Manner}, number {number}: {ProofFile.Parser.ParseFrom(forged.File)}"));
            }
        });

        TestContext.Out.WriteLine(
            $"{manners.Values.Sum()} forged: {string.Join(", ", manners.OrderBy(one => one.Key))}; "
            + $"{held} controls held");
        Assert.That(accepted, Is.Empty);
        Assert.That(held, Is.EqualTo(controls).And.EqualTo(count / ForgeriesAControl));
        Assert.That(manners.Keys, Has.Count.EqualTo(6));
        Assert.That(manners.Values.Sum(), Is.GreaterThan(count * 9 / 10));
    }

    private static byte[] ReceiptFile(Receipt receipt) =>
        Google.Protobuf.MessageExtensions.ToByteArray(new ProofFile { Receipt = receipt });
}
