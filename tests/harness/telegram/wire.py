"""Wire: the HTTP side of the fake, where every request is judged, held, spoilt or answered."""

import asyncio
import time
from typing import Any

from aiohttp import web

from tests.harness.telegram.account import Account
from tests.harness.telegram.fault import Fault, Injection
from tests.harness.telegram.gate import Gate, When
from tests.harness.telegram.limit import check
from tests.harness.telegram.method import HANDLERS
from tests.harness.telegram.polling import Gone, get_updates
from tests.harness.telegram.refusal import Refusal, bad_request
from tests.harness.telegram.request import Call, beyond, read, validate
from tests.harness.telegram.violation import Ledger, Violation
from tests.harness.telegram.world import Act, World

HOST = "127.0.0.1"
BODY_BYTES = 50 * 1024 * 1024
CLOSE_WITHIN_S = 1.0
HANG_UP_S = 0.02  # time for a killed client's connection to be seen as closed
NO_FAULT = Fault("none")
NO_METHOD = Refusal(404, "Not Found: method not found", violation=True)
UNAUTHORIZED = Refusal(401, "Unauthorized")


class Wire:
    """Listens, and takes each request through its stations in one fixed order.

    Validation, gate before, fault before, effect, gate after, fault after, answer.
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self.log: list[Call] = []
        self.ledger = Ledger()
        self.injections: list[Injection] = []
        self.gates: list[Gate] = []
        self.offline = False
        self._closing = asyncio.Event()
        app = web.Application(client_max_size=BODY_BYTES)
        app.router.add_route("*", "/bot{token}/{method}", self._receive)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=CLOSE_WITHIN_S)

    async def open(self, port: int) -> int:
        """Listen on the loopback; answers the port, which is a free one for 0."""
        await self._runner.setup()
        await web.TCPSite(self._runner, HOST, port).start()
        return int(self._runner.addresses[0][1])

    async def close(self) -> None:
        """Send everybody home and stop listening."""
        self._closing.set()
        for gate in self.gates:
            gate.open(apply=False)
        self.world.bell.ring()
        await self._runner.cleanup()

    async def _receive(self, http: web.Request) -> web.StreamResponse:
        """One request, from its arrival to its answer; whatever happens stands in the log."""
        if self.offline:
            return _hang_up(http)
        call = Call(time.monotonic(), http.match_info["token"], http.match_info["method"], {})
        self.log.append(call)
        try:
            return await self._handle(call, http)
        except Refusal as refusal:
            return self._refuse(call, refusal)
        except Gone:
            call.outcome = "gone"
            return _hang_up(http)
        except Exception as error:  # noqa: BLE001 - a fault of the fake must fail the test
            self._note(call, f"the fake itself failed: {error!r}")
            return self._refuse(call, Refusal(500, "Internal Server Error"))
        finally:
            call.finished = True
            self.world.bell.ring()

    async def _handle(self, call: Call, http: web.Request) -> web.StreamResponse:
        account = self.world.accounts.get(call.bot)
        if account is None:
            raise UNAUTHORIZED
        await self._judge(call, http)
        await self._stand(call, "before", http)
        fault = self._strike(call)
        if fault.drop_before:
            return self._drop(call, fault, http)
        if fault.refusal is not None:
            return self._spoil(call, fault, fault.refusal)
        result = await self._apply(call, account, fault, http)
        await self._stand(call, "after", http)
        if fault.drop_after:
            return self._drop(call, fault, http)
        await self._linger(fault.delay)
        call.outcome = fault.name if fault.name != "none" else "ok"
        if fault.body is not None:
            return web.Response(text=fault.body, content_type="text/html", status=fault.status)
        return web.json_response({"ok": True, "result": result})

    async def _judge(self, call: Call, http: web.Request) -> None:
        """Read and validate; an unknown name is noted, as Telegram would let it pass."""
        try:
            call.params, call.files = await read(http)
        except ValueError as error:
            raise bad_request("can't parse the request's body") from error
        except ConnectionError as error:  # killed, or cancelled, in the middle of its request
            raise Gone from error
        if call.method not in HANDLERS and call.method != "getUpdates":
            raise NO_METHOD
        call.fields, unknown = validate(call)
        for name in unknown:
            self._note(call, f"unknown field {name}")
        for name in beyond(call):
            self._note(call, f"field {name} is beyond the fake")
        check(call.method, call.fields, private=call.fields.get("chat_id", 0) > 0)

    async def _stand(self, call: Call, when: When, http: web.Request) -> None:
        """Wait at the gates; whoever hung up meanwhile gets no further."""
        for gate in [one for one in self.gates if one.stops(call, when)]:
            gate.held.append(call)
            call.outcome = f"held {when}"
            self.world.bell.ring()
            await gate.opened.wait()
            await asyncio.sleep(HANG_UP_S)
            if not gate.applies or self._is_gone(http):
                raise Gone

    def _strike(self, call: Call) -> Fault:
        """The first injected fault that means this call."""
        for injection in self.injections:
            if injection.strikes(call):
                injection.hits.append(call)
                return injection.fault
        return NO_FAULT

    async def _apply(self, call: Call, account: Account, fault: Fault, http: web.Request) -> object:
        act = Act(self.world, account, call.fields, call.files)
        if call.method == "getUpdates":
            call.outcome = "waits"
            result: Any = await get_updates(act, lambda: self._is_gone(http))
            if fault.doubled:
                account.updates.again += result
        else:
            result = HANDLERS[call.method](act)
        call.applied = True
        self.world.bell.ring()
        return result

    def _drop(self, call: Call, fault: Fault, http: web.Request) -> web.StreamResponse:
        call.outcome = fault.name
        return _hang_up(http)

    def _spoil(self, call: Call, fault: Fault, refusal: Refusal) -> web.StreamResponse:
        call.outcome = f"{fault.name}: {refusal}"
        if fault.body is not None:
            return web.Response(text=fault.body, content_type="text/html", status=fault.status)
        return web.json_response(refusal.body(), status=refusal.code)

    def _refuse(self, call: Call, refusal: Refusal) -> web.StreamResponse:
        call.outcome = str(refusal)
        if refusal.violation:
            self._note(call, refusal.description)
        return web.json_response(refusal.body(), status=refusal.code)

    def _note(self, call: Call, text: str) -> None:
        self.ledger.violations.append(Violation(call.bot, call.method, text, call.params))

    def _is_gone(self, http: web.Request) -> bool:
        transport = http.transport
        hung_up = transport is None or transport.is_closing()
        return hung_up or self.offline or self._closing.is_set()

    async def _linger(self, seconds: float) -> None:
        """The delay of an answer, cut short when the server closes."""
        if seconds:
            await self.world.bell.until(lambda: self._closing.is_set() or None, seconds)


def _hang_up(http: web.Request) -> web.StreamResponse:
    """Break the connection; the response goes nowhere."""
    if http.transport is not None:
        http.transport.abort()
    return web.Response()
