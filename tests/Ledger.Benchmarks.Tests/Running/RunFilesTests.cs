using Ledger.Benchmarks.Running;

namespace Ledger.Benchmarks.Tests.Running;

/// <summary>A file that cannot be written is told before anything is run.</summary>
public sealed class RunFilesTests
{
    private string folder = string.Empty;

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("run-files-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(folder, recursive: true);

    [Test]
    public void A_file_in_a_new_folder_is_let_through()
    {
        string json = Path.Combine(folder, "new", "a.json");
        new RunFiles(json, null).Require();
        Assert.That(Directory.Exists(Path.GetDirectoryName(json)));
    }

    [Test]
    public void A_folder_in_place_of_a_file_is_refused() => Assert.That(
        () => new RunFiles(null, folder).Require(),
        Throws.TypeOf<BenchmarkException>().With.Message.Contains("cannot be written, so nothing is run"));
}
