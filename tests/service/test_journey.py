"""From an empty folder, three people in a real Chromium: a unit is returned and corrects, a reviewer triages with the keyboard, the
administrator sees how it stands and that the trail is whole.
"""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

PASSWORD = "a password of one's own"
UNIT = "清水县水利局"


class Person:
    """Somebody at a browser of his own."""

    def __init__(self, browser, url: str) -> None:
        self.browser, self.url = browser, url

    def open(self, path: str) -> None:
        self.browser._go(self.url + path)

    def text(self) -> str:
        """The words of the page, once it stands: one page may just be giving way to the next."""
        self.until("document.body && document.readyState === 'complete'")
        return self.browser.js("document.body.innerText")

    def until(self, expression: str, seconds: float = 90) -> None:
        """Wait until an expression of the page is true; a page that changes meanwhile is asked again."""
        deadline = time.monotonic() + seconds
        while True:
            try:
                if self.browser.js(f"Boolean({expression})"):
                    return
            except RuntimeError:
                pass
            assert time.monotonic() < deadline, (expression, self.browser.js("document.body?.innerText.slice(0, 1500)"))
            time.sleep(0.05)

    def fill(self, **fields: str) -> None:
        for name, value in fields.items():
            field = f'document.querySelector("main [name={name}]")'
            self.browser.js(f"{field}.value = {value!r}; {field}.dispatchEvent(new Event('change', {{bubbles: true}})); 0")

    def click(self, selector: str) -> None:
        """Click, and wait for the page that follows."""
        self.browser.js("window.stays = true; 0")
        self._soon(f"document.querySelector({selector!r}).click()")
        self.until("!window.stays && document.readyState === 'complete'")

    def _soon(self, step: str) -> None:
        """A step that leaves the page: taken once the browser has answered, since the page that would answer is gone then."""
        self.browser.js(f"setTimeout(() => {{ {step} }}, 0); 0")

    def sign_in(self, login: str, password: str) -> None:
        self.browser.call("Network.clearBrowserCookies")
        self.open("/login")
        self.fill(login=login, password=password)
        self.click("main button.main")

    def first_sign_in(self, login: str, password: str) -> None:
        """With the one-time password, which is changed at once."""
        self.sign_in(login, password)
        self.until("location.pathname === '/account/password'")
        self.fill(old=password, new=PASSWORD)
        self.click("main button.main")

    def choose(self, selector: str, *files: Path) -> None:
        """Files into a field, as the file dialog would."""
        root = self.browser.call("DOM.getDocument")["root"]["nodeId"]
        node = self.browser.call("DOM.querySelector", nodeId=root, selector=selector)["nodeId"]
        self.browser.call("DOM.setFileInputFiles", nodeId=node, files=[str(f) for f in files])

    def add_person(self, login: str, name: str, role: str, unit: str = "") -> str:
        """As the administrator; the one-time password."""
        self.open("/people")
        self.fill(login=login, name=name, role=role, unit=unit)
        self.click("main .line-form button.main")
        return self.browser.js("document.querySelector('.secret code').textContent")

    def upload(self, campaign: int, *files: Path) -> None:
        """Choose, send, and wait until the page with the gate's answer is there."""
        self.open(f"/campaigns/{campaign}/upload")
        self.choose('input[type="file"]', *files)
        self.until("!document.querySelector('#upload button.main').disabled")
        self._soon("document.querySelector('#upload button.main').click()")
        self.until("/^\\/submissions\\/\\d+$/.test(location.pathname) && document.querySelector('.answer .lead')")


@pytest.fixture
def browser(root, tmp_path):
    """A Chromium; skipped, by name, where there is none."""
    import importlib.util

    spec = importlib.util.spec_from_file_location("journey_browser", root / "tests" / "reports" / "browser.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    if module.CHROMIUM is None:
        pytest.skip("needs Chromium")
    with module.Browser(tmp_path / "profile") as found:
        yield found


def test_three_people_from_an_empty_folder(tools, gates, browser, root, tmp_path):
    """Returned, corrected and compared; doubtful, triaged by keys and accepted; counted on the dashboard and proved by the trail."""
    processes, _ = tools
    doubtful = tmp_path / "存疑.txt"
    doubtful.write_bytes(gates.DOUBTFUL)
    with processes.process("serve", "--data", tmp_path / "data", "--port", 0, log=tmp_path / "log") as serve:
        url = processes.address(serve)
        person = Person(browser, url)
        person.first_sign_in("admin", serve.said(r"one-time password (\S+)")[1])
        passwords = {"water": person.add_person("water", "王一", "submitter", UNIT)}
        passwords["roads"] = person.add_person("roads", "周二", "submitter", "清水县公路局")
        passwords["reviewer"] = person.add_person("reviewer", "李三", "reviewer")
        person.open("/campaigns/new")
        person.fill(title="2024年度部门整体支出绩效自评")
        person.click("main button.main")
        person.fill(units=f"{UNIT}\n清水县公路局\n清水县档案馆")
        person.click('form[action$="/roster"] button')
        assert "新增 3 个单位" in person.text()
        browser.js("document.querySelector('input[name=people]').checked = true; 0")
        person.click('form[action$="/reviewers"] button')

        _unit_corrects(person, passwords["water"], root / "sample_inputs")
        _doubt_waits(person, passwords["roads"], doubtful)
        _reviewer_triages(person, passwords["reviewer"])
        _administrator_sees(person)
        assert browser.complaints() == []


def _unit_corrects(person, password, sample) -> None:
    person.first_sign_in("water", password)
    assert "未报送" in person.text()
    person.upload(1, sample / "seeded" / "water_bureau.docx")
    assert "退回：请更正下列问题后重新上传" in person.text()
    assert person.browser.js("document.querySelector('.inside iframe').src").endswith("/versions/1/report")
    person.upload(1, sample / "clean" / "water_bureau.docx")
    assert "通过：没有发现需要更正的问题" in person.text()
    person.click(".changes a")
    fixed = re.search(r"已更正\s*(\d+)", person.text())
    assert fixed
    assert int(fixed[1]) >= 3
    assert "仍存在" not in person.text()


def _doubt_waits(person, password, doubtful) -> None:
    person.first_sign_in("roads", password)
    person.upload(1, doubtful)
    assert "待审核：审核人会处理下列疑点" in person.text()
    person.open("/submissions/1")
    assert "没有找到" in person.text()


def _reviewer_triages(person, password) -> None:
    browser = person.browser
    person.first_sign_in("reviewer", password)
    assert ("清水县公路局" in person.text(), UNIT in person.text()) == (True, False)
    person.click("main .rows td a")
    person.until("document.querySelector('.card.sel')")
    browser.press("d")
    person.until("document.activeElement.name === 'reason'")
    browser.js("document.activeElement.value = '各项四舍五入'; document.activeElement.form.requestSubmit(); 0")
    person.until("document.querySelector('.card.dismiss') && !document.querySelector('#accept').disabled")
    browser.js("window.stays = true; 0")
    browser.press("a")
    person.until("!window.stays && document.querySelector('.answer .lead')")
    assert "已受理，材料已锁定" in person.text()
    assert "各项四舍五入" in browser.js("document.querySelector('.history').textContent")


def _administrator_sees(person) -> None:
    person.sign_in("admin", PASSWORD)
    person.click(".tile h2 a")
    board = re.sub(r"\s+", "", person.text())
    assert {"1已受理", "1通过", "1未报送"} <= set(re.findall(r"\d(?:已受理|通过|未报送)", board))
    person.open("/trail?verify=1")
    assert re.search(r"轨迹完好：\d+ 行，末行摘要 [0-9a-f]{64}", person.text())
