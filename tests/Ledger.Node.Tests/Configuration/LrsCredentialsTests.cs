using Ledger.Node.Configuration;

namespace Ledger.Node.Tests.Configuration;

public sealed class LrsCredentialsTests
{
    [Test]
    public void ToolsWithKeysAndSecretsOfTheirOwnCanBeUsed() => Assert.That(
        LrsCredentials.FaultOf([new LrsCredentials("moodle", "one"), new LrsCredentials("reader", "two")]), Is.Null);

    [TestCase("", "secret", "no key")]
    [TestCase("tool", "", "no secret")]
    [TestCase("tool", null, "no secret")]
    [TestCase("to:ol", "secret", "colon")]
    [TestCase("tool", "one", "same secret")]
    public void WhatWouldLetInTheWrongOneIsNamed(string key, string? secret, string fault) => Assert.That(
        LrsCredentials.FaultOf([new LrsCredentials("moodle", "one"), new LrsCredentials(key, secret!)]),
        Does.Contain(fault));
}
