using System.Text;
using Ledger.Client.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Sealing;
using Ledger.Node.Tests.Records;
using Ledger.Node.Tests.Support;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Sealing;

/// <summary>A folder of its own for each test, for files that hold content of one learner, and their keys.</summary>
public abstract class PlacesFixture
{
    private protected const string Account = "https://lms.example.org|canary7f3a";
    private protected const string Verb = "http://adlnet.gov/expapi/verbs/canary7f3a";

    /// <summary>What no file may tell.</summary>
    private protected static readonly byte[] Canary = Encoding.UTF8.GetBytes("canary7f3a");

    private protected static readonly CohortRequestBody Question =
        new() { Question = new CohortQuestion { Verb = "verb" } };

    private protected static readonly Address Learner = TestLedger.FixedKey(8).Address;
    private protected static readonly Address Writer = TestLedger.FixedKey(0).Address;

    private KeyFolder keyFolder = null!;

    private protected static LlpcName Llpc => new(Learner, Verb);

    private protected ManualClock Clock { get; } = new();

    private protected PersonKeys Keys { get; private set; } = null!;

    private protected string Folder { get; private set; } = null!;

    [SetUp]
    public void MakeFolder()
    {
        keyFolder = new KeyFolder();
        Keys = keyFolder.Open();
        Folder = Directory.CreateTempSubdirectory("places-test-").FullName;
    }

    [TearDown]
    public void RemoveFolder()
    {
        Keys.Dispose();
        keyFolder.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>No file of the folder holds these bytes, nor the canary.</summary>
    private protected void RequireSilent(params byte[][] secrets)
    {
        foreach (byte[] secret in secrets.Append(Canary))
        {
            Assert.That(KeyFolder.HoldsIn(Folder, secret), Is.False, Encoding.Latin1.GetString(secret));
        }
    }
}
