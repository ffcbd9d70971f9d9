using System.Diagnostics;
using Google.Protobuf;
using Ledger.Client.Tests.Exports;
using Ledger.Client.Tests.Verification;
using Ledger.Client.Transactions;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;

namespace Ledger.CommandLine.Tests;

/// <summary>
/// A file and the genesis document are enough to verify: with an empty home, in a process for which there is no
/// network.
/// </summary>
public sealed class OfflineTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private string home = null!;

    [SetUp]
    public void MakeFolder() => home = Directory.CreateTempSubdirectory("ledger-offline-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(home, recursive: true);

    [Test]
    public async Task A_receipt_and_proofs_of_presence_and_absence_verify_in_a_process_without_network()
    {
        using SmallChain chain = new();
        chain.Decide([chain.Learner], Operations.UicCreate());
        File.WriteAllBytes(In("genesis"), chain.GenesisBytes);
        ProofFile[] files =
        [
            new() { Receipt = chain.Receipt() },
            new() { State = chain.Evidence(StateKeys.Learner(chain.Learner.Address)) },
            new() { State = chain.Evidence(StateKeys.Learner(chain.School.Address)) },
        ];
        foreach (ProofFile file in files)
        {
            File.WriteAllBytes(In("proof"), file.ToByteArray());

            (int code, string output) = await WithoutNetworkAsync("verify", In("proof"), "--genesis", In("genesis"));

            Assert.That(code, Is.Zero, output);
            Assert.That(output, Does.Contain("pass").And.Contain("root of trust"));
            Assert.That(output, Does.Contain("assumes that no q former keys collude"));
        }
    }

    [Test]
    public async Task A_receipt_with_one_changed_bit_is_refused_there()
    {
        using SmallChain chain = new();
        chain.Decide([chain.Learner], Operations.UicCreate());
        File.WriteAllBytes(In("genesis"), chain.GenesisBytes);
        byte[] bytes = new ProofFile { Receipt = chain.Receipt() }.ToByteArray();
        bytes[^20] ^= 1;
        File.WriteAllBytes(In("proof"), bytes);

        (int code, string output) = await WithoutNetworkAsync("verify", In("proof"), "--genesis", In("genesis"));

        Assert.That(code, Is.EqualTo(4), output);
    }

    [Test]
    public async Task An_export_of_everything_says_there_part_by_part_whose_word_it_is()
    {
        using SmallChain chain = new();
        chain.AnchorStatements(SmallChain.AnyStatement);
        File.WriteAllBytes(In("genesis"), chain.GenesisBytes);
        byte[] export = new ExportDraft(chain, SmallChain.AnyStatement).ToFile();
        File.WriteAllBytes(In("export"), export);

        (int code, string output) = await WithoutNetworkAsync("verify", In("export"), "--genesis", In("genesis"));

        Assert.That(code, Is.Zero, output);
        Assert.That(output, Does.Contain("learner-export").And.Contain("proved by the ledger"));
        Assert.That(output, Does.Contain("the school's signed word").And.Contain("The ledger proves 1 records"));

        File.WriteAllBytes(In("cut"), export[..^40]);
        (code, output) = await WithoutNetworkAsync("verify", In("cut"), "--genesis", In("genesis"), "--json");
        Assert.That(code, Is.EqualTo(4), output);
        Assert.That(output, Does.Contain("cut off"));
    }

    private string In(string name) => Path.Combine(home, name);

    private async Task<(int Code, string Output)> WithoutNetworkAsync(params string[] arguments)
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/usr/bin/unshare"))
        {
            Assert.Ignore("This needs unshare of util-linux; that the verifier names no socket is tested everywhere.");
        }

        string program = Path.Combine(AppContext.BaseDirectory, "ledger.dll");
        ProcessStartInfo start = new(
            "/usr/bin/unshare", ["--net", "--map-root-user", "dotnet", program, .. arguments, "--home", In("home")])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        using CancellationTokenSource limit = new(Patience);
        await process.WaitForExitAsync(limit.Token);
        string all = await output + await errors;
        if (all.Contains("Operation not permitted", StringComparison.Ordinal))
        {
            Assert.Ignore("This machine does not let a process leave its network: " + all);
        }

        return (process.ExitCode, all);
    }
}
