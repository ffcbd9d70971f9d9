using Ledger.Benchmarks.Logs;

namespace Ledger.Benchmarks.Tests.Logs;

/// <summary>Whose record it is.</summary>
public sealed class HostRuleTests
{
    [TestCase("https://Moodle.North.example/|ann", "moodle.north.example")]
    [TestCase("https://moodle.north.example:8443/moodle|a|b", "moodle.north.example")]
    [TestCase("mbox|mailto:ann@College.example", "college.example")]
    [TestCase("mbox|mailto:\"a@b\"@college.example", "college.example")]
    [TestCase("openid|https://ann.college.example/", "ann.college.example")]
    [TestCase("caliper|https://reader.north.example/users/ann", "reader.north.example")]
    [TestCase("caliper|urn:uuid:3a648e68-f00d-4c08-aa59-8738e1884f2c", HostRule.NoHost)]
    [TestCase("mbox_sha1sum|ebd31e95054c018b10727ccffd2ef2ec3a016ee9", HostRule.NoHost)]
    [TestCase("tag:school,2026:x|ann", HostRule.NoHost)]
    public void The_host_of_an_actor_is_its_institution(string actor, string host) =>
        Assert.That(HostRule.Of(actor), Is.EqualTo(host));
}
