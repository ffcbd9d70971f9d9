using System.CommandLine;
using Ledger.Benchmarks.Load;
using Ledger.Benchmarks.Soak;

namespace Ledger.Benchmarks.Tests.Running;

public sealed class RunOptionsTests
{
    [TestCase("--minutes", "1.2", "--minutes must be a whole number, 1 to 1440.")]
    [TestCase("--minutes", "0", "--minutes must be a whole number, 1 to 1440.")]
    [TestCase("--minutes", "many", "--minutes must be a whole number, 1 to 1440.")]
    [TestCase("--minutes", "99999999999", "--minutes must be a whole number, 1 to 1440.")]
    [TestCase("--share", "0", "--share must be above 0, and at most 1.")]
    [TestCase("--share", "1.01", "--share must be above 0, and at most 1.")]
    [TestCase("--share", "half", "--share must be above 0, and at most 1.")]
    [TestCase("--share", "NaN", "--share must be above 0, and at most 1.")]
    public void What_a_soak_cannot_take_is_an_error_in_words(string option, string given, string error) =>
        Assert.That(ErrorsOf(SoakCommand.Create(), option, given), Is.EqualTo([error]));

    [TestCase("--rate", "-1")]
    [TestCase("--rate", "1000001")]
    [TestCase("--rate", "fast")]
    public void What_a_load_cannot_take_is_an_error_in_words(string option, string given) => Assert.That(
        ErrorsOf(LoadCommand.Create(), option, given), Is.EqualTo(["--rate must be above 0, and at most 1000000."]));

    [TestCase("--minutes", "30")]
    [TestCase("--share", "0.7")]
    [TestCase("--share", "1")]
    public void What_it_can_take_is_no_error(string option, string given) =>
        Assert.That(ErrorsOf(SoakCommand.Create(), option, given), Is.Empty);

    private static string[] ErrorsOf(Command command, string option, string given) =>
        [.. command.Parse([option, given]).Errors.Select(error => error.Message)];
}
